using ZfDecl.Data;
using ZfDecl.Data.Batching;
using ZfDecl.Networks;
using ZfDecl.Networks.Recipes;

namespace ZfDecl.Tests.Data;

public class PreprocessorTests
{
    private static readonly FeatureShape Decoded = new(3, 12, 13);
    private static readonly FeatureShape Input = new(3, 10, 11);
    private static readonly ImageStatistics Statistics = new()
    {
        Mean = [.. Enumerable.Range(0, 330).Select(i => i * 0.37f)],
        ChannelMean = [100, 110.5f, 120],
        ChannelDeviation = [50, 0, 70.25f],
    };

    [Theory]
    [InlineData(Subtraction.None, 255.0)]
    [InlineData(Subtraction.ChannelMean, null)]
    [InlineData(Subtraction.PixelMean, null)]
    [InlineData(Subtraction.PixelMean, 2.0)]
    public void EvaluationIsTheNormalisedCentreCrop(Subtraction subtract, double? divide)
    {
        var recipe = Recipes.Plain with { Subtract = subtract, Divide = divide, Augment = Augmentation.TenCrops | Augmentation.Shift, Shift = 3 };
        var stored = Image();
        var output = new float[Input.Count];
        new Preprocessor(Input, Decoded, recipe, Statistics).Evaluation(stored, output);
        // (12 − 10) / 2 = 1 row and (13 − 11) / 2 = 1 column lie outside the centre.
        AssertClose(Naive(stored, recipe, top: 1, left: 1, mirrored: false, down: 0, right: 0), output);
    }

    [Fact]
    public void BlueFirstIsTheSamePlanesTurnedRound()
    {
        var recipe = Recipes.Plain with { Subtract = Subtraction.PixelMean, Divide = null, Augment = Augmentation.Flip | Augmentation.Shift, Shift = 2 };
        var (stored, rgb, bgr) = (Image(), new float[Input.Count], new float[Input.Count]);
        var (one, other) = (new AugmentationRandom(1, 2, 3), new AugmentationRandom(1, 2, 3));
        new Preprocessor(Input, Decoded, recipe, Statistics).Training(stored, ref one, rgb);
        new Preprocessor(Input, Decoded, recipe with { Channels = ChannelOrder.Bgr }, Statistics).Training(stored, ref other, bgr);
        Assert.Equal(rgb.Chunk(110).Reverse().SelectMany(plane => plane), bgr);
        Assert.Equal(rgb, ChannelOrder.Bgr.ToImage(bgr, 3));
    }

    [Fact]
    public void MeansAndDeviationsThatAreKnownBeforehandComeBeforeThoseThatWereMeasured()
    {
        var known = Recipes.Plain with { Subtract = Subtraction.ChannelMean, Divide = null, Mean = [1, 2, 3], Std = [4, 5, 6] };
        var (stored, expected, found) = (Image(), new float[Input.Count], new float[Input.Count]);
        new Preprocessor(Input, Decoded, known with { Mean = [], Std = [] }, Statistics with { ChannelMean = [1, 2, 3], ChannelDeviation = [4, 5, 6] }).Evaluation(stored, expected);
        new Preprocessor(Input, Decoded, known, Statistics).Evaluation(stored, found);
        Assert.Equal(expected, found);
    }

    [Fact]
    public void TheCentreCropIsTheBytesThatEvaluationSees()
    {
        var preprocessor = new Preprocessor(Input, Decoded, Recipes.Plain, Statistics);
        var stored = Image();
        var (bytes, values) = (preprocessor.CentreCrop(stored), new float[Input.Count]);
        preprocessor.Evaluation(stored, values);
        Assert.Equal(values, bytes.Select(value => (float)value));
        Assert.Equal(new PixelRegion(1, 1, 10, 11), preprocessor.Centre);
    }

    [Fact]
    public void TheInputOfSeveralImagesIsTheEvaluationOfEachInTurn()
    {
        var preprocessor = new Preprocessor(Input, Decoded, Recipes.Plain with { Subtract = Subtraction.PixelMean, Divide = 3 }, Statistics);
        byte[][] stored = [Image(), [.. Image().Select(pixel => (byte)(255 - pixel))], new byte[Decoded.Count]];
        using var inputs = preprocessor.InputOf(stored, TorchSharp.torch.CPU);
        Assert.Equal([3, 3, 10, 11], inputs.shape);
        var one = new float[Input.Count];
        Assert.Equal(stored.SelectMany(image =>
        {
            preprocessor.Evaluation(image, one);
            return one.ToArray();
        }), inputs.data<float>().ToArray());
        Assert.Throws<ArgumentException>(() => preprocessor.InputOf([Image(), new byte[3]], TorchSharp.torch.CPU));
    }

    [Fact]
    public void TenCropsAreTheCornersAndTheCentreAndTheirMirrorImages() => AssertTheViewsAre(
        Recipes.Plain with { Subtract = Subtraction.PixelMean, Augment = Augmentation.TenCrops },
        from place in ((int, int)[])[(0, 0), (0, 2), (2, 0), (2, 2), (1, 1)] from mirrored in Both select (place.Item1, place.Item2, mirrored, 0, 0));

    [Fact]
    public void RandomCropsAreAtEveryPlace() => AssertTheViewsAre(
        Recipes.Plain with { Subtract = Subtraction.ChannelMean, Divide = null, Augment = Augmentation.RandomCrop },
        from top in Enumerable.Range(0, 3) from left in Enumerable.Range(0, 3) select (top, left, false, 0, 0));

    [Fact]
    public void FlipsAndShiftsOfTheCentreLeaveZeroWhereNothingIs() => AssertTheViewsAre(
        Recipes.Plain with { Subtract = Subtraction.PixelMean, Divide = null, Augment = Augmentation.Flip | Augmentation.Shift, Shift = 2 },
        from down in Enumerable.Range(-2, 5) from right in Enumerable.Range(-2, 5) from mirrored in Both select (1, 1, mirrored, down, right));

    [Fact]
    public void WithoutAugmentationTrainingSeesWhatEvaluationSees() => AssertTheViewsAre(Recipes.Plain, [(1, 1, false, 0, 0)]);

    [Fact]
    public void TheTenCropsAreTheCornersAndTheCentreAndTheirMirrorImages()
    {
        var preprocessor = new Preprocessor(Input, Decoded, Recipes.Plain, Statistics);
        var (free, middle) = ((Rows: Decoded.Height - Input.Height, Columns: Decoded.Width - Input.Width), preprocessor.Centre);
        (int Top, int Left)[] places = [(0, 0), (0, free.Columns), (free.Rows, 0), (free.Rows, free.Columns), (middle.Top, middle.Left)];
        var stored = Image();
        var output = new float[10 * Input.Count];
        preprocessor.Crops(stored, EvaluationCrops.Ten, output);

        Assert.Equal(10, preprocessor.CropCount(EvaluationCrops.Ten));
        AssertClose([.. Both.SelectMany(mirrored => places.SelectMany(place => Naive(stored, Recipes.Plain, place.Top, place.Left, mirrored, 0, 0)))], output);
    }

    [Fact]
    public void OfAnImageWithoutRoomToCropThereAreItselfAndItsMirrorImage()
    {
        var preprocessor = new Preprocessor(Input, Input, Recipes.Plain, Statistics);
        var stored = new byte[Input.Count];
        new Random(7).NextBytes(stored);
        var (output, centre) = (new float[2 * Input.Count], new float[Input.Count]);
        preprocessor.Crops(stored, EvaluationCrops.Ten, output);
        preprocessor.Evaluation(stored, centre);

        Assert.Equal(2, preprocessor.CropCount(EvaluationCrops.Ten));
        Assert.Equal(centre, output[..centre.Length]);
        Assert.Equal(centre.Chunk(Input.Width).SelectMany(row => row.Reverse()), output[centre.Length..]);
    }

    [Fact]
    public void AShiftLargerThanTheImageLeavesNothingButZero()
    {
        var recipe = Recipes.Plain with { Augment = Augmentation.Shift, Shift = 1000 };
        var output = new float[Input.Count];
        var random = new AugmentationRandom(0, 0, 0);
        Array.Fill(output, 9);
        new Preprocessor(Input, Decoded, recipe, Statistics).Training(Image(), ref random, output);
        Assert.All(output, value => Assert.Equal(0, value));
    }

    [Fact]
    public void ImagesNarrowerThanAVectorAreNormalisedToo()
    {
        var tiny = new FeatureShape(1, 2, 3);
        var output = new float[6];
        var statistics = new ImageStatistics { Mean = [], ChannelMean = [10], ChannelDeviation = [4] };
        var recipe = Recipes.Plain with { Subtract = Subtraction.ChannelMean, Divide = null };
        new Preprocessor(tiny, tiny, recipe, statistics).Evaluation([10, 14, 18, 6, 255, 0], output);
        // By hand: (value − 10) / 4.
        Assert.Equal([0, 1, 2, -1, 61.25f, -2.5f], output);
    }

    [Fact]
    public void StatisticsOfAnotherSizeAreRefused()
    {
        var recipe = Recipes.Plain with { Subtract = Subtraction.PixelMean };
        var failure = Assert.Throws<ArgumentException>(() => new Preprocessor(Input, Decoded, recipe, Statistics with { Mean = [1, 2] }));
        Assert.Contains("pixel mean has 2 values, the input needs 330", failure.Message);
        Assert.Throws<ArgumentException>(() => new Preprocessor(Decoded, Input, Recipes.Plain, Statistics));
    }

    private static bool[] Both => [false, true];

    private static byte[] Image()
    {
        var pixels = new byte[Decoded.Count];
        new Random(7).NextBytes(pixels);
        return pixels;
    }

    /// <summary>Every draw is one of the views, and every view is drawn.</summary>
    private static void AssertTheViewsAre(PreprocessRecipe recipe, IEnumerable<(int Top, int Left, bool Mirrored, int Down, int Right)> views)
    {
        var preprocessor = new Preprocessor(Input, Decoded, recipe, Statistics);
        var stored = Image();
        var expected = views.Select(view => Naive(stored, recipe, view.Top, view.Left, view.Mirrored, view.Down, view.Right)).ToArray();
        var seen = new int[expected.Length];
        var output = new float[Input.Count];
        var draws = 40 * expected.Length;
        for (var index = 0; index < draws; index++)
        {
            var random = new AugmentationRandom(3, 1, index);
            Array.Fill(output, float.NaN);
            preprocessor.Training(stored, ref random, output);
            var match = Array.FindIndex(expected, values => values.Zip(output).All(pair => Math.Abs(pair.First - pair.Second) < 1e-3));
            Assert.True(match >= 0, $"draw {index} is none of the {expected.Length} views");
            seen[match]++;
        }
        Assert.All(seen, count => Assert.InRange(count, 10, 100));
    }

    /// <summary>Crop, normalise, mirror and shift, each on its own and pixel by pixel.</summary>
    private static double[] Naive(byte[] stored, PreprocessRecipe recipe, int top, int left, bool mirrored, int down, int right)
    {
        var output = new double[Input.Count];
        for (var c = 0; c < Input.Maps; c++)
            for (var y = 0; y < Input.Height; y++)
                for (var x = 0; x < Input.Width; x++)
                {
                    var (fromY, fromX) = (y - down, x - right);
                    if (fromY < 0 || fromY >= Input.Height || fromX < 0 || fromX >= Input.Width)
                        continue;
                    if (mirrored)
                        fromX = Input.Width - 1 - fromX;
                    var pixel = stored[(c * Decoded.Height + top + fromY) * Decoded.Width + left + fromX];
                    double mean = recipe.Subtract switch
                    {
                        Subtraction.None => 0,
                        Subtraction.ChannelMean => Statistics.ChannelMean[c],
                        _ => Statistics.Mean[(c * Input.Height + fromY) * Input.Width + fromX],
                    };
                    var divisor = recipe.Divide ?? (Statistics.ChannelDeviation[c] == 0 ? 1 : Statistics.ChannelDeviation[c]);
                    output[(c * Input.Height + y) * Input.Width + x] = (pixel - mean) / divisor;
                }
        return output;
    }

    private static void AssertClose(double[] expected, float[] actual)
    {
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) < 1e-4, $"value {i}: expected {expected[i]}, found {actual[i]}");
    }
}
