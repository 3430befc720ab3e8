using TorchSharp;
using ZfDecl.Data.Batching;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Analyses.Attribution;

/// <summary>What takes the place of deleted pixels, and is there before pixels are inserted. None is neutral to a network: what holds under all of them can be relied on.</summary>
public enum DeletionBaseline
{
    /// <summary>Mid grey, 127 of 255.</summary>
    Grey,

    /// <summary>The image itself, blurred: a Gaussian whose standard deviation is an eighth of its shorter side.</summary>
    Blur,

    /// <summary>The image's own mean of each channel.</summary>
    Mean,
}

/// <summary>Makes baselines.</summary>
internal static class DeletionBaselines
{
    private const int BlurPart = 8;

    /// <summary>The baseline of an image.</summary>
    /// <param name="baseline">Which.</param>
    /// <param name="image">[1, channels, height, width], preprocessed.</param>
    /// <param name="preprocessor">What it was preprocessed with.</param>
    /// <returns>Shaped as the image; the caller's dispose scope frees it.</returns>
    public static Tensor Of(DeletionBaseline baseline, Tensor image, Preprocessor preprocessor) => baseline switch
    {
        DeletionBaseline.Grey => preprocessor.InputOf([[.. Enumerable.Repeat((byte)127, (int)preprocessor.Decoded.Count)]], image.device),
        DeletionBaseline.Blur => Blurred(image, preprocessor.Input),
        _ => image.mean([2L, 3L], keepdim: true).expand_as(image),
    };

    /// <summary>One after the other down and across; beyond the border lies the mirror image.</summary>
    private static Tensor Blurred(Tensor image, FeatureShape input)
    {
        var deviation = Math.Min(input.Height, input.Width) / (double)BlurPart;
        var reach = Math.Min((int)Math.Ceiling(3 * deviation), Math.Min(input.Height, input.Width) - 1);
        var weights = Enumerable.Range(-reach, (2 * reach) + 1).Select(i => Math.Exp(-i * i / (2 * deviation * deviation))).ToArray();
        var kernel = tensor(weights.Select(weight => (float)(weight / weights.Sum())).ToArray(), device: image.device);
        var channels = image.reshape(-1, 1, input.Height, input.Width);
        var padded = nn.functional.pad(channels, [reach, reach, reach, reach], PaddingModes.Reflect);
        var down = nn.functional.conv2d(padded, kernel.reshape(1, 1, -1, 1));
        return nn.functional.conv2d(down, kernel.reshape(1, 1, 1, -1)).reshape(image.shape);
    }
}
