using SkiaSharp;
using ZfDecl.Analyses.Visualize;
using ZfDecl.Imaging;
using ZfDecl.Networks;

namespace ZfDecl.Analyses.Explain;

/// <summary>The pictures of an explanation, each in the size of the image or a whole multiple of it.</summary>
/// <param name="found">What was found; of an image of 1 or 3 channels.</param>
internal sealed class ExplanationPictures(Explanation found)
{
    private const int Side = 240;
    private const float HeatPart = 0.75f, Dimmest = 0.12f;

    private readonly FeatureShape input = found.Network.Input;

    private int Zoom => Math.Max(1, Side / Math.Max(input.Height, input.Width));

    /// <summary>The one scale of all projections that are shown.</summary>
    public ProjectionScale Scale { get; } = ProjectionScale.Of([.. found.Maps.SelectMany(map => new[] { map.Projection, map.Gradient })], FeatureSheet.ScaleQuantile);

    /// <summary>The image as it is, pixel for pixel.</summary>
    public byte[] Image()
    {
        using var image = PixelImage.Of(found.Pixels, input);
        return Png(image);
    }

    /// <summary>The image with a frame where the square hurts most.</summary>
    public byte[] WorstSquare() => Drawn(found.Pixels, input, found.Occlusion.Grid.At(found.Occlusion.Least));

    /// <summary>The image in grey under a colour for each position of the square, at its middle.</summary>
    /// <param name="values">A value for each position.</param>
    /// <param name="least">What has the first colour.</param>
    /// <param name="most">What has the last.</param>
    public byte[] Occlusion(IReadOnlyList<float> values, double least, double most)
    {
        var grid = found.Occlusion.Grid;
        return Heat(pixel => (values[(Nearest(pixel / input.Width, grid.Top, grid.Rows) * grid.Columns) + Nearest(pixel % input.Width, grid.Left, grid.Columns)] - least) / Math.Max(most - least, double.Epsilon));

        int Nearest(int place, int first, int count) => Math.Clamp((int)Math.Round((place - first - ((grid.Size - 1) / 2.0)) / grid.Stride), 0, count - 1);
    }

    /// <summary>The image in grey under a colour for what each pixel says for the class: 0 or less has the first colour, the most the last.</summary>
    /// <param name="importance">[H, W].</param>
    public byte[] Importance(IReadOnlyList<double> importance)
    {
        var most = importance.Max();
        return Heat(pixel => most > 0 ? importance[pixel] / most : 0);
    }

    /// <summary>A projection in its place in the image, on the scale of all, with a frame around what the unit sees.</summary>
    /// <param name="projection">[C, H, W].</param>
    /// <param name="window">What the unit sees.</param>
    public byte[] Projection(float[] projection, PixelRegion window) => Drawn([.. projection.Select(Scale.Shade)], input, window);

    /// <summary>The image, seen where a projection is strong and faded where it is 0, with a frame around what the unit sees.</summary>
    /// <inheritdoc cref="Projection"/>
    public byte[] Spotlight(float[] projection, PixelRegion window)
    {
        var plane = input.Height * input.Width;
        var seen = new byte[found.Pixels.Length];
        for (var pixel = 0; pixel < plane; pixel++)
        {
            var strength = Enumerable.Range(0, input.Maps).Max(channel => Math.Abs(projection[(channel * plane) + pixel])) / Scale.Range;
            var share = Dimmest + ((1 - Dimmest) * Math.Sqrt(Math.Min(1, strength)));          // weak projections can be seen too
            for (var channel = 0; channel < input.Maps; channel++)
                seen[(channel * plane) + pixel] = (byte)Math.Round((share * found.Pixels[(channel * plane) + pixel]) + ((1 - share) * byte.MaxValue / 2));
        }
        return Drawn(seen, input, window);
    }

    /// <summary>Another image, as large as it is shown.</summary>
    public byte[] Other(byte[] pixels) => Drawn(pixels, input, frame: null);

    private byte[] Heat(Func<int, double> share)
    {
        var plane = input.Height * input.Width;
        var (green, blue) = input.Maps == 1 ? (0, 0) : (plane, 2 * plane);
        var colors = new byte[3 * plane];
        for (var pixel = 0; pixel < plane; pixel++)
        {
            var grey = (0.299 * found.Pixels[pixel]) + (0.587 * found.Pixels[green + pixel]) + (0.114 * found.Pixels[blue + pixel]);
            var heat = Viridis.At(double.IsFinite(share(pixel)) ? share(pixel) : 0);
            foreach (var (channel, value) in new[] { heat.Red, heat.Green, heat.Blue }.Index())
                colors[(channel * plane) + pixel] = (byte)Math.Round((HeatPart * value) + ((1 - HeatPart) * grey));
        }
        return Drawn(colors, input with { Maps = 3 }, frame: null);
    }

    private byte[] Drawn(byte[] pixels, FeatureShape shape, PixelRegion? frame)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(shape.Width * Zoom, shape.Height * Zoom, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(bitmap))
        {
            using (var picture = PixelImage.Of(pixels, shape))
                canvas.DrawImage(picture, SKRect.Create(bitmap.Width, bitmap.Height), new SKSamplingOptions(SKFilterMode.Nearest));
            // Of two shades, so that it is seen on any; not where it would be the image's own edge.
            if (frame?.ClipTo(shape.Height, shape.Width) is { } box && (box.Height < shape.Height || box.Width < shape.Width))
            {
                foreach (var (color, line) in new[] { (SKColors.Black, 4f), (SKColors.White, 2f) })
                {
                    using var paint = new SKPaint { Color = color, IsStroke = true, StrokeWidth = line };
                    canvas.DrawRect(SKRect.Inflate(SKRect.Create(box.Left * Zoom, box.Top * Zoom, box.Width * Zoom, box.Height * Zoom), -2, -2), paint);
                }
            }
        }
        using var image = SKImage.FromBitmap(bitmap);
        return Png(image);
    }

    private static byte[] Png(SKImage image)
    {
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }
}
