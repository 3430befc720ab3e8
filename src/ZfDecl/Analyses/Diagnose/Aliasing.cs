using ZfDecl.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace ZfDecl.Analyses.Diagnose;

/// <summary>
/// How much of what a convolution with a stride answers is finer than its stride can keep. Its maps are taken at every pixel, as with stride 1; sampling them every s
/// pixels folds what lies above the Nyquist frequency 1 / (2 s) down onto lower frequencies (Shannon 1949), where it cannot be told from true structure. The indicator
/// is the share of their energy that lies there:
/// <c>A = Σ_{|f_y| ≥ 1/(2 s_y) or |f_x| ≥ 1/(2 s_x)} |Y(f)|² / Σ_f |Y(f)|²</c>, where Y is the transform of a map less its mean, under a Hann window, and the sums run
/// over images too. It is 0 for stride 1. It is measured before the relu, so it says nothing of the frequencies that the relu adds.
/// </summary>
/// <param name="layer">A convolution.</param>
/// <param name="maps">Its maps.</param>
public sealed class Aliasing(LayerInfo layer, int maps)
{
    private readonly double[] beyond = new double[maps], total = new double[maps];

    /// <summary>The indicator of each map, 0 … 1; 0 of a map that never varies.</summary>
    public IReadOnlyList<double> OfMaps => [.. beyond.Select((energy, map) => total[map] > 0 ? energy / total[map] : 0)];

    /// <summary>The indicator of all maps together: those that answer more weigh more.</summary>
    public double OfLayer => total.Sum() is > 0 and var all ? beyond.Sum() / all : 0;

    /// <summary>Takes in some images.</summary>
    /// <param name="input">[N, channels, height, width]: what the layer sees. Not kept.</param>
    /// <param name="weight">[maps, channels / groups, kernel height, kernel width]. Not kept.</param>
    public void Add(Tensor input, Tensor weight)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var window = layer.Window!.Value;
        var padded = pad(input, [window.PaddingX, window.PaddingRight, window.PaddingY, window.PaddingBottom]);
        var answers = conv2d(padded, weight, strides: [1, 1], dilation: [window.DilationY, window.DilationX], groups: layer.Groups);
        var (height, width) = (answers.shape[2], answers.shape[3]);
        // A periodic window of n values: ½ − ½ cos 2πi / n.
        var hann = hann_window(height, device: input.device).unsqueeze(1) * hann_window(width, device: input.device).unsqueeze(0);
        var energy = fft.fft2((answers - answers.mean([2, 3], keepdim: true)) * hann).abs().square().sum(dim: 0).to_type(ScalarType.Float64);     // [maps, height, width]
        var (fy, fx) = (fft.fftfreq(height, device: input.device).abs().unsqueeze(1), fft.fftfreq(width, device: input.device).abs().unsqueeze(0));
        // A stride of 1 samples nothing away: its Nyquist frequency ½ is no bound.
        var lost = window.StrideY == 1 ? fy.lt(0) : fy.ge(0.5 / window.StrideY);
        lost = lost.logical_or(window.StrideX == 1 ? fx.lt(0) : fx.ge(0.5 / window.StrideX));
        var (high, all) = ((energy * lost).sum([1, 2]).cpu().data<double>(), energy.sum([1, 2]).cpu().data<double>());
        for (var map = 0; map < beyond.Length; map++)
        {
            beyond[map] += high[map];
            total[map] += all[map];
        }
    }
}
