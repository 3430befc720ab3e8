namespace ZfDecl.Endurance.Reading;

/// <summary>A file that something reads.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Whole">What was written into it.</param>
/// <param name="Read">Reads it, from a path.</param>
/// <param name="IsSealed">Whether a file of that kind carries a seal; null where the kind has none.</param>
internal sealed record ReadFile(string Name, byte[] Whole, Action<string> Read, Func<string, bool>? IsSealed = null);
