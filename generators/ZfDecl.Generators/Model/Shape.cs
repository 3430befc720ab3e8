namespace ZfDecl.Generators.Model;

/// <summary>What one layer yields for one image: maps × height × width. Flat where a flatten or dense layer has made it a row of units.</summary>
internal readonly record struct Shape(int Maps, int Height, int Width, bool Flat = false)
{
    /// <summary>Of which nothing is known: what a layer with an error yields.</summary>
    public static Shape Unknown { get; } = new(0, 0, 0);

    /// <summary>Whether its height and width are known.</summary>
    public bool HasExtent => Height > 0 && Width > 0;

    public long Count => (long)Maps * Height * Width;

    /// <summary>Whether it can be the same shape: what is not known of one of the two is no difference.</summary>
    public bool Fits(Shape other) => Flat == other.Flat && Same(Maps, other.Maps) && Same(Height, other.Height) && Same(Width, other.Width);

    private static bool Same(int one, int other) => one == other || one == 0 || other == 0;

    /// <summary>For messages: <c>96x55x55</c>, or <c>4096 units</c>.</summary>
    public override string ToString() => Flat ? $"{Maps} units" : $"{Maps}x{Height}x{Width}";

    /// <summary>As a tensor of N images: <c>[N, 96, 55, 55]</c>.</summary>
    public string Tensor => Flat ? $"[N, {Maps}]" : $"[N, {Maps}, {Height}, {Width}]";
}
