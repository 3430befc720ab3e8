namespace ZfDecl.Analyses.Diagnose;

/// <summary>A network that was diagnosed.</summary>
/// <param name="Name">What tells it from the one beside it: its network and run.</param>
/// <param name="Data">The images it was shown, in a few words.</param>
/// <param name="Weights">Where its weights come from.</param>
/// <param name="Layers">What was found.</param>
/// <param name="Filters">A sheet of the filters of its first convolution, a PNG; null where they see neither 1 nor 3 channels, or where it has none.</param>
public sealed record DiagnosedNetwork(string Name, string Data, string Weights, IReadOnlyList<LayerDiagnosis> Layers, byte[]? Filters);
