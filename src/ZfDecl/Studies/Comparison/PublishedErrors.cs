namespace ZfDecl.Studies.Comparison;

/// <summary>Errors that a paper has published, in percent, each null where it gives none.</summary>
/// <param name="Train">Training top-1 error.</param>
/// <param name="Val">Validation top-1 error.</param>
/// <param name="Top5">Validation top-5 error.</param>
internal sealed record PublishedErrors(double? Train, double? Val, double? Top5);
