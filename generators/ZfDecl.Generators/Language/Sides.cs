namespace ZfDecl.Generators.Language;

/// <summary>Rows and columns added on the four sides of a map.</summary>
internal readonly record struct Sides(int Top, int Left, int Bottom, int Right)
{
    public static Sides Of(Pair both) => new(both.Y, both.X, both.Y, both.X);

    /// <summary>Whether opposite sides are alike, as torch's own padding is.</summary>
    public bool IsEven => Top == Bottom && Left == Right;

    /// <summary>What comes before the first row and the first column.</summary>
    public Pair Start => new(Top, Left);

    public bool IsNone => this == default;

    /// <summary>As <c>F.pad</c> takes them: columns first.</summary>
    public string Arguments => FormattableString.Invariant($"[{Left}, {Right}, {Top}, {Bottom}]");

    /// <summary>As a spec writes it: one number or two where opposite sides are alike, else <c>[top, left, bottom, right]</c>.</summary>
    public override string ToString() => IsEven ? $"{Start}" : $"[{Top}, {Left}, {Bottom}, {Right}]";
}
