using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Reading;

namespace ZfDecl.Generators;

/// <summary>A file that was read on its own. It equals another of the same path and text, whatever was made of it.</summary>
internal sealed class SpecFile(string path, string text, IReadOnlyList<DeclaredNetwork> networks, IReadOnlyList<SpecDiagnostic> found) : IEquatable<SpecFile>
{
    public string Path => path;

    public string Text => text;

    public IReadOnlyList<DeclaredNetwork> Declared => networks;

    public IReadOnlyList<SpecDiagnostic> Found => found;

    public bool Equals(SpecFile? other) => ReferenceEquals(this, other) || (other is not null && path == other.Path && text == other.Text);

    public override bool Equals(object? obj) => Equals(obj as SpecFile);

    public override int GetHashCode() => path.GetHashCode();
}
