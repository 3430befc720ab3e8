namespace ZfDecl.Networks;

/// <summary>A line of a spec, from which something was generated.</summary>
/// <param name="File">The spec's file, relative to the root of the project that declares it, with forward slashes.</param>
/// <param name="Line">The line, from 1.</param>
public readonly record struct SourceLine(string File, int Line)
{
    /// <summary>As a compiler writes a position, for example <c>specs/zf8.yaml(8)</c>.</summary>
    public override string ToString() => $"{File}({Line})";
}
