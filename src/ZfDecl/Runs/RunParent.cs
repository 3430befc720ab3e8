namespace ZfDecl.Runs;

/// <summary>What a run began with instead of new weights.</summary>
/// <param name="Name">The run, as <c>Fashion/default</c>, or the file.</param>
/// <param name="WeightsSha256">SHA-256 of its weights, lowercase hex.</param>
/// <param name="Epoch">The epoch of that run whose weights they are; null where that is not known.</param>
/// <param name="NewLayers">The layers that began with new weights all the same.</param>
public sealed record RunParent(string Name, string WeightsSha256, int? Epoch, IReadOnlyList<string> NewLayers);
