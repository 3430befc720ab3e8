using ZfDecl.Networks;

namespace ZfDecl.Data.Drawing;

/// <summary>All that chance decides about one image of <c>shapes</c>: a texture, strokes over it, and one object over both.</summary>
internal sealed class ShapeScene
{
    /// <summary>How much brighter or darker than the three colours of the texture an object is at least, of 255.</summary>
    private const double Contrast = 40;

    /// <summary>How much brighter or darker than the middle grey an object is at least, of 255: a grey square would not hide another.</summary>
    private const double OffGrey = 50;

    private readonly Texture background;
    private readonly (Stroke Stroke, Colour Colour)[] strokes;
    private readonly ShapeObject thing;
    private readonly Colour colour;
    private readonly double shade;

    /// <param name="kind">The class of its object.</param>
    /// <param name="shape">The image: the scene is the same at any size, but wider where the image is.</param>
    /// <param name="random">The image's own generator of random numbers.</param>
    public ShapeScene(ShapeKind kind, FeatureShape shape, AugmentationRandom random)
    {
        var unit = (double)Math.Min(shape.Height, shape.Width);
        var (width, height) = (shape.Width / unit, shape.Height / unit);
        do
            colour = Colour.Draw(ref random);
        while (Math.Abs(colour.Luma - 127.5) < OffGrey);
        do
            background = new(ref random, width, height);
        while (Like(background.First) || Like(background.Second) || Like(background.Splotch));
        strokes = new (Stroke, Colour)[random.Next(4) + 1];
        foreach (ref var stroke in strokes.AsSpan())
        {
            var (x, y) = (random.NextDouble(0, width), random.NextDouble(0, height));
            stroke = (new(x, y, Direction.Draw(ref random), random.NextDouble(0.05, 0.4), random.NextDouble(0.008, 0.03)), Colour.Draw(ref random));
        }
        var radius = random.NextDouble(0.2, 0.38);
        thing = new(kind, random.NextDouble(radius, width - radius), random.NextDouble(radius, height - radius), radius, Direction.Draw(ref random));
        shade = random.NextDouble(-20, 20);

        bool Like(Colour other) => Math.Abs(colour.Luma - other.Luma) < Contrast;
    }

    /// <summary>Draws it.</summary>
    /// <param name="shape">The image.</param>
    /// <param name="output">Filled with [C, H, W].</param>
    public void Draw(FeatureShape shape, Span<byte> output)
    {
        var canvas = new Canvas(shape, output);
        canvas.Fill(background);
        foreach (var (stroke, itsColour) in strokes)
            canvas.Fill(stroke, itsColour);
        canvas.Fill(thing, colour, shade);
    }

    /// <summary>Where its object is: [H, W], true where it covers at least half of the pixel.</summary>
    public bool[] Mask(FeatureShape shape)
    {
        var mask = new bool[shape.Height * shape.Width];
        foreach (var (x, y, coverage) in Canvas.Coverage(shape, thing))
            mask[y * shape.Width + x] = coverage >= 0.5;
        return mask;
    }
}
