using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace ZfDecl.Networks.Kernels;

/// <summary>
/// Local contrast normalisation, subtractive then divisive (Jarrett, Kavukcuoglu, Ranzato &amp; LeCun 2009, §2):
/// v = x − Σ w·x and y = v / max(c, σ), with σ = √(Σ w·v²) and c the mean of σ over all positions of one image. The sums run over a window around each position
/// and over all maps; w is a Gaussian over the window, the same for each map, and Σ w = 1.
/// </summary>
public static class LocalContrastNormalization
{
    /// <summary>The least σ: below it a map counts as flat, and rounding errors are not blown up to features.</summary>
    private const double Flat = 1e-4;

    /// <summary>Normalises feature maps.</summary>
    /// <param name="maps">[N, maps, height, width].</param>
    /// <param name="size">
    /// The side of the window, odd; the Gaussian's standard deviation is a quarter of it. At a border the weights inside the map alone are scaled to sum to 1.
    /// </param>
    /// <returns>[N, maps, height, width]; differentiable; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">The size is even or below 1.</exception>
    public static Tensor Apply(Tensor maps, int size)
    {
        if (size < 1 || size % 2 == 0)
            throw new ArgumentException($"the window is {size} wide; its size is odd, so that it has a middle", nameof(size));
        using var scope = NewDisposeScope();
        var bell = Bell(size, maps);                                                                // [size]
        var inside = Blur(ones([1, 1, maps.shape[2], maps.shape[3]], maps.dtype, maps.device), bell);   // [1, 1, H, W], 1 but for borders
        var v = maps - (Blur(maps.mean([1], keepdim: true), bell) / inside);                        // [N, M, H, W]
        var variance = Blur(v.square().mean([1], keepdim: true), bell) / inside;                    // [N, 1, H, W]
        var deviation = variance.clamp_min(Flat * Flat).sqrt();
        var typical = deviation.mean([2, 3], keepdim: true);                                        // [N, 1, 1, 1], c
        return (v / maximum(deviation, typical)).MoveToOuterDisposeScope();
    }

    /// <summary>Filters one map with the Gaussian, down and across; what lies outside counts as zero.</summary>
    private static Tensor Blur(Tensor map, Tensor bell)
    {
        var half = bell.shape[0] / 2;
        var down = conv2d(map, bell.view(1, 1, -1, 1), padding: [half, 0]);
        return conv2d(down, bell.view(1, 1, 1, -1), padding: [0, half]);
    }

    /// <summary>A Gaussian along one axis, [size], that sums to 1.</summary>
    private static Tensor Bell(int size, Tensor like)
    {
        var distance = arange(size, like.dtype, like.device) - (size / 2);
        var bell = (distance.square() * (-0.5 / Math.Pow(size / 4.0, 2))).exp();
        return bell / bell.sum();
    }
}
