using SkiaSharp;
using ZfDecl.Data.Batching;
using ZfDecl.Data.Decoding;
using ZfDecl.Data.Layouts;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Networks.Recipes;

namespace ZfDecl.Benchmarks;

/// <summary>
/// From a JPEG file of 500×375 to the normalised tensor of its middle 224×224 at a shortest side of 256, on one thread: SkiaSharp as anybody would use it
/// first, against the way of the library. And how far both are from an exact resize, of these drawn pictures or of photographs.
/// </summary>
internal static class JpegDecoding
{
    public const int Crop = 224;

    public const int Resize = 256;

    private const int Images = 32;

    public static ReadOnlySpan<float> Mean => [124, 117, 104];

    public static ReadOnlySpan<float> Deviation => [58, 57, 57];

    /// <param name="photographs">A folder of JPEGs to measure the accuracy on; null for the drawn pictures.</param>
    public static void Measure(string? photographs)
    {
        var folder = Directory.CreateTempSubdirectory("zfdecl-jpeg-").FullName;
        try
        {
            var files = Photographs.Write(folder, Images);
            var input = new FeatureShape(3, Crop, Crop);
            var recipe = new PreprocessRecipe { Resize = Resize, Subtract = Subtraction.ChannelMean, Divide = null, Augment = Augmentation.None, Shift = 0 };
            using var data = ImageFolder.Open(folder, new(input, recipe, 0, new SilentLog()) { Cache = 0 });
            var preprocessor = new Preprocessor(input, data.Train.Shape, recipe, new() { Mean = [], ChannelMean = [.. Mean], ChannelDeviation = [.. Deviation] });
            var (stored, tensor) = (new byte[data.Train.Shape.Count], new float[input.Count]);
            var named = files.ToDictionary(file => Path.GetRelativePath(folder, file).Replace('\\', '/'));
            var order = Enumerable.Range(0, data.Train.Count).Select(index => named[data.Train.NameOf(index)]).ToArray();

            var medians = new Paired($"JPEG 500×375 → 224×224 tensor, {order.Length} images, one thread")
                .Add("SKBitmap.Decode, Resize, crop, normalise", () => Array.ForEach(order, file => Plain(file, tensor)))
                .Add("ZfDecl", () =>
                {
                    for (var index = 0; index < order.Length; index++)
                        Own(index);
                })
                .Run();
            Console.WriteLine($"  images/s a core: {order.Length / medians[0]:F0} and {order.Length / medians[1]:F0}");

            JpegAccuracy.Print(
                photographs is null ? order : JpegAccuracy.Upright(photographs),
                ("SkiaSharp", Plain),
                ("ZfDecl", (path, values) => preprocessor.Evaluation(PictureFile.Read(path, data.Train.Shape, new SilentLog()), values)));

            void Own(int index)
            {
                data.Train.Read(index, stored);
                preprocessor.Evaluation(stored, tensor);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>As anybody would write it first.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensor">Filled with [3, 224, 224].</param>
    public static void Plain(string path, Span<float> tensor)
    {
        using var whole = SKBitmap.Decode(path);
        var scale = (double)Resize / Math.Min(whole.Width, whole.Height);
        var size = whole.Info.WithSize((int)Math.Round(whole.Width * scale), (int)Math.Round(whole.Height * scale));
        using var resized = whole.Resize(size, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        var pixels = resized.GetPixelSpan();
        var rowBytes = resized.RowBytes;
        var (left, top) = ((size.Width - Crop) / 2, (size.Height - Crop) / 2);
        var red = size.ColorType == SKColorType.Bgra8888 ? 2 : 0;
        for (var y = 0; y < Crop; y++)
        {
            var row = pixels.Slice((top + y) * rowBytes + 4 * left, 4 * Crop);
            for (var x = 0; x < Crop; x++)
            {
                tensor[y * Crop + x] = (row[4 * x + red] - Mean[0]) / Deviation[0];
                tensor[(Crop + y) * Crop + x] = (row[4 * x + 1] - Mean[1]) / Deviation[1];
                tensor[(2 * Crop + y) * Crop + x] = (row[4 * x + 2 - red] - Mean[2]) / Deviation[2];
            }
        }
    }
}
