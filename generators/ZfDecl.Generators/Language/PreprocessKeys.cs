using ZfDecl.Generators.Primitives;
using static ZfDecl.Generators.Language.Keys;

namespace ZfDecl.Generators.Language;

/// <summary>The keys of <c>preprocess:</c>.</summary>
internal static class PreprocessKeys
{
    public const string ShiftFlag = "Augmentation.Shift", RandomCropFlag = "Augmentation.RandomCrop", TenCropsFlag = "Augmentation.TenCrops";

    private const string ChannelMean = "Subtraction.ChannelMean";

    public static Key<int?> Resize { get; } =
        Of("resize", "The length an image's shortest side is scaled to before the crop to the input's size; 'none' for just what the crop needs.", new OrWordType<int>(new IntegerType(1, 65536), "none")).Default(null);

    public static Key<string> Fit { get; } = Word("fit", "How an image that is not as wide as high, or not of the input's proportions, becomes one: 'crop' covers the size and takes the middle, 'pad' keeps the whole image between bands of mid grey, 'squash' stretches it.",
        ("crop", "Fitting.Crop"), ("pad", "Fitting.Pad"), ("squash", "Fitting.Squash")).QuietDefault("Fitting.Crop");

    public static Key<string> Interpolation { get; } = Word("interpolation", "How the pixels of an image that is resized become new ones, never aliased: 'bilinear' and 'bicubic' as Pillow's, 'area' for the mean of what a new pixel covers.",
        ("bilinear", "Interpolation.Bilinear"), ("bicubic", "Interpolation.Bicubic"), ("area", "Interpolation.Area")).QuietDefault("Interpolation.Bilinear");

    public static Key<string> Channels { get; } = Word("channels", "The order in which the network takes the colours of a pixel.", ("rgb", "ChannelOrder.Rgb"), ("bgr", "ChannelOrder.Bgr")).QuietDefault("ChannelOrder.Rgb");

    public static Key<string> Subtract { get; } = Word("subtract", "What is subtracted from each pixel: a mean over the training set.",
        ("none", "Subtraction.None"), ("channel-mean", ChannelMean), ("pixel-mean", "Subtraction.PixelMean")).Default(ChannelMean);

    public static Key<double?> Divide { get; } =
        Of("divide", "What each pixel is divided by afterwards; 'std' for the standard deviation of its channel.", new OrWordType<double>(new NumberType(0, double.PositiveInfinity, aboveLeast: true), "std", earlier: "deviation")).Default(null);

    public static Key<EquatableArray<double>> Mean { get; } = Values("mean", "The means that 'subtract: channel-mean' takes, where they are known beforehand and not measured on the training set: of red, green and blue, or of grey.", new(double.NegativeInfinity, double.PositiveInfinity));

    public static Key<EquatableArray<double>> Std { get; } = Values("std", "The standard deviations that 'divide: std' takes, likewise.", new(0, double.PositiveInfinity, aboveLeast: true));

    public static Key<EquatableArray<string>> Augment { get; } = Of("augment", "How training images are varied.", new ListType<string>(
        new WordType<string>(("flip", "Augmentation.Flip"), ("shift", ShiftFlag), ("random-crop", RandomCropFlag), ("ten-crops", TenCropsFlag)),
        flags => flags.Any() ? string.Join(" | ", flags) : "Augmentation.None", none: "none")).Default(EquatableArray<string>.Empty);

    public static Key<int> Shift { get; } = Integer("shift", "The largest shift in pixels, with 'augment: [shift]'.", 1, 4096).Default(2);

    /// <summary>Those of the training alone. The others decide what a network sees of any image, so they are the spec's and no run's.</summary>
    public static IReadOnlyList<Key> OfTraining { get; } = [Augment, Shift];

    /// <summary>What is contradictory about ways to vary images; null where nothing is.</summary>
    public static string? Contradiction(EquatableArray<string> augment) =>
        augment.Contains(RandomCropFlag) && augment.Contains(TenCropsFlag) ? "crops each image both at random and in ten ways; keep one of random-crop and ten-crops" : null;

    /// <summary>What is contradictory about values that are known beforehand, of an image of so many channels; none where nothing is.</summary>
    public static IEnumerable<(Key Key, string Message)> Contradictions(int channels, string order, EquatableArray<double> mean, string subtract, EquatableArray<double> std, double? divide)
    {
        if (order != Channels.DefaultValue as string && channels != 3)
            yield return (Channels, $"is bgr, but an image has {channels} channels, not 3");
        if (mean.Count > 0 && mean.Count != channels)
            yield return (Mean, $"has {mean.Count} values, but an image has {channels} channels");
        if (mean.Count > 0 && subtract != ChannelMean)
            yield return (Mean, "is given, but 'subtract' is not channel-mean; write 'subtract: channel-mean', or leave 'mean' out");
        if (std.Count > 0 && std.Count != channels)
            yield return (Std, $"has {std.Count} values, but an image has {channels} channels");
        if (std.Count > 0 && divide is not null)
            yield return (Std, "is given, but 'divide' is not std; write 'divide: std', or leave 'std' out");
    }

    private static Key<EquatableArray<double>> Values(string name, string summary, NumberType one) =>
        Of(name, summary, new ListType<double>(one, values => $"[{string.Join(", ", values)}]")).QuietDefault(EquatableArray<double>.Empty);

    public static Section Section { get; } = new("preprocess", "PreprocessRecipe", "What is done to an image, whose pixels start as 0 to 255.",
    [
        Resize,
        Fit,
        Interpolation,
        Channels,
        Subtract,
        Divide,
        Mean,
        Std,
        Augment,
        Shift,
    ]);
}
