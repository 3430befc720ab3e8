using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ZfDecl.Networks;
using ZfDecl.Networks.Recipes;
using static TorchSharp.torch;

namespace ZfDecl.Data.Batching;

/// <summary>
/// From decoded bytes to the numbers a network sees: <c>(pixel − mean) / divisor</c> of a crop, as [C, H, W], the channels in the order that the network takes. A training image is cropped, then
/// normalised, then mirrored, then shifted: the pixel mean moves with the pixels. Safe for any number of threads.
/// </summary>
public sealed class Preprocessor
{
    private readonly PreprocessRecipe recipe;
    private readonly CentreCrop centre;
    private readonly float[] mean;
    private readonly float[] factor;

    /// <param name="input">The network's input.</param>
    /// <param name="decoded">The shape of the decoded images; as many channels, and at least as high and wide.</param>
    /// <param name="recipe">What is done.</param>
    /// <param name="statistics">Of the training set; only what the recipe needs must be there. A deviation of 0 divides by 1.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other, or the statistics do not fit the input.</exception>
    public Preprocessor(FeatureShape input, FeatureShape decoded, PreprocessRecipe recipe, ImageStatistics statistics)
    {
        centre = new(decoded, input);
        Input = input;
        Decoded = decoded;
        this.recipe = recipe;
        var plane = input.Height * input.Width;
        mean = recipe.Subtract switch
        {
            Subtraction.None => new float[input.Count],
            Subtraction.ChannelMean =>
                [.. Sized(Known(recipe.Mean) ?? statistics.ChannelMean, input.Maps, "channel mean").SelectMany(value => Enumerable.Repeat(value, plane))],
            Subtraction.PixelMean => Sized(statistics.Mean, input.Count, "pixel mean"),
            _ => throw new ArgumentException($"unknown subtraction {recipe.Subtract}", nameof(recipe)),
        };
        factor = recipe.Divide is { } divisor
            ? [.. Enumerable.Repeat((float)(1 / divisor), input.Maps)]
            : [.. Sized(Known(recipe.Std) ?? statistics.ChannelDeviation, input.Maps, "channel deviation").Select(deviation => deviation == 0 ? 1 : 1 / deviation)];

        static float[]? Known(IReadOnlyList<double> values) => values.Count == 0 ? null : [.. values.Select(value => (float)value)];

        static float[] Sized(float[] values, long length, string what) => values.Length == length
            ? values
            : throw new ArgumentException($"the {what} has {values.Length} values, the input needs {length}", nameof(statistics));
    }

    /// <summary>The shape of what it yields.</summary>
    public FeatureShape Input { get; }

    /// <summary>The shape of what it takes.</summary>
    public FeatureShape Decoded { get; }

    /// <summary>How images of other sizes are brought to what it takes.</summary>
    public Resizing Resizing => Resizing.Of(recipe);

    /// <summary>The order in which what it yields has the colours.</summary>
    public ChannelOrder Channels => recipe.Channels;

    /// <summary>What is done to an image, in words.</summary>
    public string Described => string.Join(", ", new[]
    {
        $"decoded at {Decoded.Height}×{Decoded.Width}{(recipe.Fit == Fitting.Crop ? "" : recipe.Fit == Fitting.Pad ? " with bands" : ", stretched")}",
        HasRoom ? $"the middle {Input.Height}×{Input.Width}" : null,
        Channels == ChannelOrder.Bgr ? "blue first" : null,
        recipe.Subtract switch { Subtraction.None => null, Subtraction.ChannelMean => "minus the mean of its channel", _ => "minus the mean image" },
        recipe.Divide is { } divisor ? divisor == 1 ? null : FormattableString.Invariant($"divided by {divisor:0.####}") : "divided by the standard deviation of its channel",
    }.OfType<string>());

    /// <summary>What is subtracted from each pixel, [C, H, W] in the image's order of colours.</summary>
    internal ReadOnlySpan<float> Mean => mean;

    /// <summary>What each channel is multiplied by then, [C], likewise.</summary>
    internal ReadOnlySpan<float> Factor => factor;

    /// <summary>Where the crop that evaluation sees lies in a decoded image.</summary>
    public PixelRegion Centre => centre.Region;

    /// <summary>The centre crop, normalised.</summary>
    /// <param name="decoded">[C, h, w] of <see cref="Decoded"/>.</param>
    /// <param name="output">Filled with [C, H, W] of <see cref="Input"/>.</param>
    public void Evaluation(ReadOnlySpan<byte> decoded, Span<float> output) => Write(decoded, new(Centre.Top, Centre.Left, false, 0, 0), output);

    /// <summary>Images as a network takes them when it is evaluated: the centre crop of each, normalised.</summary>
    /// <param name="decoded">Of each image [C, h, w] of <see cref="Decoded"/>; at least one image.</param>
    /// <param name="device">Where the tensor is put.</param>
    /// <returns>[N, C, H, W] of <see cref="Input"/>, float32; the caller's, or its dispose scope's.</returns>
    /// <exception cref="ArgumentException">An image is not of the decoded shape.</exception>
    public Tensor InputOf(IReadOnlyList<byte[]> decoded, Device device)
    {
        var (size, values) = ((int)Input.Count, new float[decoded.Count * Input.Count]);
        Concurrently.For(decoded.Count, () => 0, (i, _) => Evaluation(decoded[i], values.AsSpan(i * size, size)), _ => { });
        return tensor(values, [decoded.Count, Input.Maps, Input.Height, Input.Width], device: device);
    }

    /// <summary>How many crops evaluation takes of an image: 10 become 2, the image and its mirror image, where it is decoded as large as the input.</summary>
    public int CropCount(EvaluationCrops crops) => crops == EvaluationCrops.Centre ? 1 : HasRoom ? TenCrops.Count : 2;

    /// <summary>Several crops, normalised.</summary>
    /// <param name="decoded">[C, h, w] of <see cref="Decoded"/>.</param>
    /// <param name="crops">Which.</param>
    /// <param name="output">Filled with [<see cref="CropCount"/>, C, H, W] of <see cref="Input"/>: the corners, the centre, then all of them mirrored.</param>
    public void Crops(ReadOnlySpan<byte> decoded, EvaluationCrops crops, Span<float> output)
    {
        var (count, size) = (CropCount(crops), (int)Input.Count);
        for (var i = 0; i < count; i++)
        {
            var view = HasRoom && count > 1 ? Crop(i) : new View(Centre.Top, Centre.Left, false, 0, 0);
            Write(decoded, view with { Mirrored = i > 0 && i >= count / 2 }, output.Slice(i * size, size));
        }
    }

    /// <summary>A crop varied as the recipe says, normalised.</summary>
    /// <param name="decoded">[C, h, w] of <see cref="Decoded"/>.</param>
    /// <param name="random">The image's own generator of random numbers.</param>
    /// <param name="output">Filled with [C, H, W] of <see cref="Input"/>.</param>
    public void Training(ReadOnlySpan<byte> decoded, ref AugmentationRandom random, Span<float> output) => Write(decoded, Vary(ref random), output);

    /// <summary>The pixels that <see cref="Evaluation"/> normalises.</summary>
    /// <param name="decoded">[C, h, w] of <see cref="Decoded"/>.</param>
    /// <returns>[C, H, W] of <see cref="Input"/>, 0 … 255.</returns>
    public byte[] CentreCrop(ReadOnlySpan<byte> decoded)
    {
        var pixels = new byte[Input.Count];
        centre.Copy(decoded, pixels);
        return pixels;
    }

    /// <summary>The pixels that normalised values stand for: <see cref="Evaluation"/> the other way round, each rounded once.</summary>
    /// <param name="input">[C, H, W] of <see cref="Input"/>.</param>
    /// <returns>[C, H, W] in the image's order of colours, 0 … 255.</returns>
    public byte[] PixelsOf(ReadOnlySpan<float> input)
    {
        var (plane, pixels) = (Input.Height * Input.Width, new byte[Input.Count]);
        for (var channel = 0; channel < Input.Maps; channel++)
        {
            var place = Channels == ChannelOrder.Bgr ? Input.Maps - 1 - channel : channel;
            for (var i = 0; i < plane; i++)
                pixels[(channel * plane) + i] = (byte)Math.Clamp((input[(place * plane) + i] / factor[channel]) + mean[(channel * plane) + i] + 0.5f, 0, byte.MaxValue);
        }
        return pixels;
    }

    private View Vary(ref AugmentationRandom random)
    {
        var view = new View(Centre.Top, Centre.Left, false, 0, 0);
        var (freeRows, freeColumns) = (Decoded.Height - Input.Height, Decoded.Width - Input.Width);
        if (recipe.Augment.HasFlag(Augmentation.RandomCrop))
        {
            view = view with { Top = random.Next(freeRows + 1), Left = random.Next(freeColumns + 1) };
        }
        else if (recipe.Augment.HasFlag(Augmentation.TenCrops))
        {
            view = Crop(random.Next(TenCrops.Unmirrored));
        }
        if ((recipe.Augment & (Augmentation.Flip | Augmentation.TenCrops)) != 0)
            view = view with { Mirrored = random.Next(2) == 1 };
        if (recipe.Augment.HasFlag(Augmentation.Shift))
            view = view with { Down = random.Next(2 * recipe.Shift + 1) - recipe.Shift, Right = random.Next(2 * recipe.Shift + 1) - recipe.Shift };
        return view;
    }

    private bool HasRoom => (Decoded.Height, Decoded.Width) != (Input.Height, Input.Width);

    private View Crop(int crop)
    {
        var (top, left) = TenCrops.At(crop, Decoded, Centre);
        return new(top, left, false, 0, 0);
    }

    private void Write(ReadOnlySpan<byte> decoded, View view, Span<float> output)
    {
        if (decoded.Length != Decoded.Count || output.Length != Input.Count)
            throw new ArgumentException($"images of {Decoded} become {Input}; the buffers hold {decoded.Length} and {output.Length} values");

        var (height, width) = (Input.Height, Input.Width);
        if (view.Down != 0 || view.Right != 0)
            output.Clear();
        // What of the crop stays in sight after the shift.
        var rows = Math.Max(height - Math.Abs(view.Down), 0);
        var columns = Math.Max(width - Math.Abs(view.Right), 0);
        if (columns == 0)
            return;
        var firstRow = Math.Max(-view.Down, 0);
        var firstColumn = Math.Max(view.Mirrored ? view.Right : -view.Right, 0);
        for (var channel = 0; channel < Input.Maps; channel++)
        {
            var place = Channels == ChannelOrder.Bgr ? Input.Maps - 1 - channel : channel;
            for (var y = firstRow; y < firstRow + rows; y++)
            {
                var pixels = decoded.Slice((channel * Decoded.Height + view.Top + y) * Decoded.Width + view.Left + firstColumn, columns);
                var means = mean.AsSpan((channel * height + y) * width + firstColumn, columns);
                var values = output.Slice((place * height + y + view.Down) * width + Math.Max(view.Right, 0), columns);
                Normalise(pixels, means, factor[channel], values);
                if (view.Mirrored)
                    values.Reverse();
            }
        }
    }

    /// <summary>(pixel − mean) · factor, eight at a time; the last eight may overlap those before.</summary>
    private static void Normalise(ReadOnlySpan<byte> pixels, ReadOnlySpan<float> means, float factor, Span<float> values)
    {
        const int Lanes = 8;
        if (values.Length < Lanes)
        {
            for (var i = 0; i < values.Length; i++)
                values[i] = (pixels[i] - means[i]) * factor;
            return;
        }
        for (var i = 0; ; i = Math.Min(i + Lanes, values.Length - Lanes))
        {
            var bytes = Vector128.CreateScalarUnsafe(MemoryMarshal.Read<ulong>(pixels[i..])).AsByte();
            var shorts = Vector128.WidenLower(bytes);
            var whole = Vector256.Create(Vector128.WidenLower(shorts), Vector128.WidenUpper(shorts)).AsInt32();
            var mean = Vector256.Create(means.Slice(i, Lanes));
            ((Vector256.ConvertToSingle(whole) - mean) * factor).CopyTo(values[i..]);
            if (i == values.Length - Lanes)
                return;
        }
    }

    /// <summary>One way to look at a decoded image.</summary>
    private readonly record struct View(int Top, int Left, bool Mirrored, int Down, int Right);
}
