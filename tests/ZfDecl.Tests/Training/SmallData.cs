using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;

namespace ZfDecl.Tests.Training;

/// <summary>1×8×8 images of three classes: a bright row, a bright column or a bright square on noise, each at a random place.</summary>
internal sealed class SmallData : ImageSet
{
    private readonly byte[][] images;

    public SmallData(int count, int seed, int classes = 3) : base(new(1, 8, 8), [.. Enumerable.Range(0, classes).Select(label => $"class {label}")])
    {
        var random = new Random(seed);
        images = [.. Enumerable.Range(0, count).Select(index => Draw(Label(index), random))];
    }

    public override int Count => images.Length;

    public static ImageData Create(int train = 60, int validation = 30, int classes = 3) =>
        new(new SmallData(train, 1, classes), new SmallData(validation, 2, classes), new string('d', 64), "small images for tests");

    public static Preprocessor Preprocessor(ImageData data) =>
        new(SmallNet.Declaration.Input, data.Train.Shape, SmallNet.Declaration.Recipe.Preprocess, Statistics(data));

    public static ImageStatistics Statistics(ImageData data) => ImageStatistics.Measure(data.Train, SmallNet.Declaration.Input, new SilentLog());

    public override int Label(int index) => index % 3;

    public override string NameOf(int index) => $"image {index}";

    public override void Read(int index, Span<byte> pixels) => images[index].CopyTo(pixels);

    private static byte[] Draw(int label, Random random)
    {
        var (pixels, y, x) = (new byte[64], random.Next(6), random.Next(6));
        random.NextBytes(pixels);
        for (var i = 0; i < 64; i++)
        {
            var bright = label switch { 0 => i / 8 == y, 1 => i % 8 == x, _ => i / 8 - y is >= 0 and < 3 && i % 8 - x is >= 0 and < 3 };
            pixels[i] = (byte)(bright ? 200 + pixels[i] / 8 : pixels[i] / 4);
        }
        return pixels;
    }
}
