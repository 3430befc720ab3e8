namespace ZfDecl.Generators.Model;

/// <summary>What one layer yields for one image: maps × height × width. Flat where a flatten or dense layer has made it a row of units.</summary>
internal readonly record struct Shape(int Maps, int Height, int Width, bool Flat = false)
{
    public long Count => (long)Maps * Height * Width;

    /// <summary>For messages: <c>96x55x55</c>, or <c>4096 units</c>.</summary>
    public override string ToString() => Flat ? $"{Maps} units" : $"{Maps}x{Height}x{Width}";

    /// <summary>As a tensor of N images: <c>[N, 96, 55, 55]</c>.</summary>
    public string Tensor => Flat ? $"[N, {Maps}]" : $"[N, {Maps}, {Height}, {Width}]";
}
