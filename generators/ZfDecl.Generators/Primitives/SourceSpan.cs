namespace ZfDecl.Generators.Primitives;

/// <summary>A position in a spec. Lines and columns count from 0, as Roslyn's do.</summary>
internal readonly record struct SourceSpan(string File, int Start, int End, int Line, int Column, int EndLine, int EndColumn)
{
    /// <summary>Whether another position lies within this one.</summary>
    public bool Contains(SourceSpan other) => File == other.File && Start <= other.Start && other.End <= End;
}
