using static TorchSharp.torch;

namespace ZfDecl.Analyses.Diagnose;

/// <summary>
/// Whether filters look like anything: their share of low frequencies and their spatial autocorrelation, beside those of filters of the same shape as they are drawn before a
/// training, independently and normally distributed. Filters that have learned from pictures are smoother than that: neighbouring weights are alike.
/// </summary>
/// <param name="Low">The mean share of the kernels' energy below <see cref="FrequencyShares.LowBound"/>, 0 … 1.</param>
/// <param name="Autocorrelation">The mean correlation of neighbouring weights, beside and below each other: 0 in white noise, 1 where kernels are even.</param>
/// <param name="InitialLow">The least, mean and largest share of low frequencies of the initialisations that were drawn.</param>
/// <param name="InitialAutocorrelation">Likewise their autocorrelation.</param>
public sealed record FilterStructure(double Low, double Autocorrelation, InitialRange InitialLow, InitialRange InitialAutocorrelation)
{
    /// <summary>Initialisations that are drawn.</summary>
    public const int Draws = 19;

    /// <summary>An autocorrelation of at most this, besides the range of the draws, is that of no structure.</summary>
    public const double AutocorrelationBound = 0.1;

    /// <summary>A share of low frequencies that differs from the draws' mean by at most this part of it, besides their range, is theirs.</summary>
    public const double LowBound = 0.2;

    /// <summary>Kernels that are looked at, evenly spaced over all of a layer.</summary>
    public const int Kernels = 256;

    /// <summary>Whether neither measure tells the filters from an initialisation: they are not learned.</summary>
    public bool IsInitial =>
        InitialAutocorrelation.IsNear(Autocorrelation, AutocorrelationBound) && InitialLow.IsNear(Low, LowBound * InitialLow.Mean);

    /// <summary>Measures filters.</summary>
    /// <param name="filters">[maps, channels, height, width], on any device. Not kept.</param>
    /// <param name="seed">Of the draws.</param>
    /// <returns>What was found; null of kernels of one weight, and where all weights are 0.</returns>
    public static FilterStructure? Of(Tensor filters, int seed)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (height, width) = (filters.shape[2], filters.shape[3]);
        var kernels = filters.detach().reshape(-1, height, width);
        kernels = kernels[kernels.abs().amax([1, 2]).gt(0)].cpu();
        if (height * width == 1 || kernels.shape[0] == 0)
            return null;
        var count = Math.Min(Kernels, kernels.shape[0]);
        var chosen = kernels[tensor([.. Enumerable.Range(0, (int)count).Select(i => i * kernels.shape[0] / count)])];
        var own = Measure(chosen);
        using var generator = new Generator((ulong)seed);
        var draws = Enumerable.Range(0, Draws).Select(_ => Measure(randn(chosen.shape, generator: generator))).ToArray();
        return new(own.Low, own.Autocorrelation, InitialRange.Of([.. draws.Select(draw => draw.Low)]), InitialRange.Of([.. draws.Select(draw => draw.Autocorrelation)]));
    }

    /// <param name="kernels">[kernels, height, width], none 0 throughout.</param>
    private static (double Low, double Autocorrelation) Measure(Tensor kernels)
    {
        using var scope = NewDisposeScope();
        var (height, width) = (kernels.shape[1], kernels.shape[2]);
        var exact = kernels.to_type(ScalarType.Float64);
        var products = (exact.narrow(1, 0, height - 1) * exact.narrow(1, 1, height - 1)).sum([1, 2]) + (exact.narrow(2, 0, width - 1) * exact.narrow(2, 1, width - 1)).sum([1, 2]);
        var neighbours = ((height - 1) * width) + (height * (width - 1));
        var correlation = products / neighbours / exact.square().mean([1, 2]);
        return (FrequencyShares.Of(kernels.unsqueeze(1)).Average(shares => shares.Low), correlation.mean().item<double>());
    }
}
