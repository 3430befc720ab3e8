namespace ZfDecl.Generators.Language;

/// <summary>A vertical and a horizontal extent: a kernel, a stride, a padding.</summary>
internal readonly record struct Pair(int Y, int X)
{
    /// <summary>As a spec writes it: one number for a square, else <c>[y, x]</c>.</summary>
    public override string ToString() => Y == X ? $"{Y}" : $"[{Y}, {X}]";

    /// <summary>As a message writes it, for example <c>7x7</c>.</summary>
    public string Times => $"{Y}x{X}";
}
