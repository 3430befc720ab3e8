namespace ZfDecl.Networks.Recipes;

/// <summary>What is done to an image before the network sees it. Pixels start as 0 … 255; the input's height and width are the crop.</summary>
public sealed record PreprocessRecipe
{
    /// <summary>The length that an image's shortest side is scaled to before the crop; null for just the size that the crop fits into.</summary>
    public required int? Resize { get; init; }

    /// <summary>How an image that is not of the wanted proportions is fitted.</summary>
    public Fitting Fit { get; init; }

    /// <summary>How its pixels become new ones where it is resized.</summary>
    public Interpolation Interpolation { get; init; }

    /// <summary>The order in which the network takes the colours of a pixel.</summary>
    public ChannelOrder Channels { get; init; }

    /// <summary>What is subtracted from each pixel.</summary>
    public required Subtraction Subtract { get; init; }

    /// <summary>What each pixel is divided by afterwards; null for the standard deviation of its channel over the training set.</summary>
    public required double? Divide { get; init; }

    /// <summary>The means that <see cref="Subtraction.ChannelMean"/> takes, of red, green and blue or of grey, where they are not measured on the training set; else empty.</summary>
    public IReadOnlyList<double> Mean { get; init; } = [];

    /// <summary>The standard deviations that are divided by where <see cref="Divide"/> is null, likewise.</summary>
    public IReadOnlyList<double> Std { get; init; } = [];

    /// <summary>Whether it takes means or deviations that are measured on the training images.</summary>
    public bool NeedsStatistics() => Subtract == Subtraction.PixelMean || (Subtract == Subtraction.ChannelMean && Mean.Count == 0) || (Divide is null && Std.Count == 0);

    /// <summary>How training images are varied. Evaluation takes the centre crop, unflipped, unless ten crops are asked for.</summary>
    public required Augmentation Augment { get; init; }

    /// <summary>The largest shift of a training image, in pixels, with <see cref="Augmentation.Shift"/>.</summary>
    public required int Shift { get; init; }
}

/// <summary>How an image that is not of the wanted proportions is fitted.</summary>
public enum Fitting
{
    /// <summary>Scaled so that it just covers what is wanted, then the middle of it: what lies further out is not seen.</summary>
    Crop,

    /// <summary>Scaled so that the whole of it just fits, between bands of mid grey.</summary>
    Pad,

    /// <summary>Each side scaled on its own: the whole of it, stretched.</summary>
    Squash,
}

/// <summary>The order in which a network takes the colours of a pixel.</summary>
public enum ChannelOrder
{
    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>Blue, green, red, as OpenCV reads images, and so Caffe.</summary>
    Bgr,
}

/// <summary>Puts values that lie in the network's order of colours into the image's.</summary>
public static class ChannelOrders
{
    /// <summary>Turns planes of colours round in place, where the network takes blue first.</summary>
    /// <param name="order">The network's order.</param>
    /// <param name="planes">[channels, …], for example a projection [C, h, w]: in the network's order before, in red, green and blue afterwards.</param>
    /// <param name="channels">How many there are; other than 3 have one order.</param>
    /// <returns>The same array.</returns>
    public static float[] ToImage(this ChannelOrder order, float[] planes, int channels)
    {
        if (order == ChannelOrder.Bgr && channels == 3)
        {
            var plane = planes.Length / channels;
            for (var i = 0; i < plane; i++)
                (planes[i], planes[i + (2 * plane)]) = (planes[i + (2 * plane)], planes[i]);
        }
        return planes;
    }
}

/// <summary>What is subtracted from each pixel.</summary>
public enum Subtraction
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The mean of its channel over the training set.</summary>
    ChannelMean,

    /// <summary>The mean of that very pixel over the training set, as the paper does.</summary>
    PixelMean,
}

/// <summary>How training images are varied.</summary>
[Flags]
public enum Augmentation
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>Mirrored, every other time.</summary>
    Flip = 1,

    /// <summary>Shifted by up to <see cref="PreprocessRecipe.Shift"/> pixels each way; what comes in from outside is 0 after preprocessing.</summary>
    Shift = 2,

    /// <summary>Cropped at a random position instead of the centre.</summary>
    RandomCrop = 4,

    /// <summary>One of the paper's ten sub-crops, at random: the corners and the centre, each also mirrored.</summary>
    TenCrops = 8,
}
