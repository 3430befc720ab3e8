using static TorchSharp.torch;

namespace ZfDecl.Analyses.Diagnose;

/// <summary>
/// How the energy of a filter is spread over frequencies: the squared magnitude of its two-dimensional Fourier transform, summed over its channels, in three bands of
/// the radial frequency. The bounds are the Nyquist frequencies of strides 4 and 2: what is high is lost at either stride, what is in the middle at stride 4.
/// </summary>
/// <param name="Low">The share below <see cref="LowBound"/>, with the mean.</param>
/// <param name="Middle">The share from <see cref="LowBound"/> to below <see cref="HighBound"/>.</param>
/// <param name="High">The share from <see cref="HighBound"/> on.</param>
public readonly record struct FrequencyShares(double Low, double Middle, double High)
{
    /// <summary>In cycles a pixel: a period of 8 pixels.</summary>
    public const double LowBound = 1 / 8.0;

    /// <summary>In cycles a pixel: a period of 4 pixels.</summary>
    public const double HighBound = 1 / 4.0;

    /// <summary>Points a side that the transform is taken at: the filter is padded with zeros to it, or to its own size if that is more.</summary>
    public const int Points = 64;

    /// <summary>The shares of white noise, which are the areas of the bands: a filter that has learned nothing.</summary>
    public static FrequencyShares OfNoise { get; } = new(Math.PI * LowBound * LowBound, Math.PI * (HighBound * HighBound - LowBound * LowBound), 1 - Math.PI * HighBound * HighBound);

    /// <summary>Measures filters.</summary>
    /// <param name="filters">[maps, channels, height, width], on any device. Not kept.</param>
    /// <returns>The shares of each; 0 in each band of a filter that is 0 throughout.</returns>
    public static IReadOnlyList<FrequencyShares> Of(Tensor filters)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (energy, radius) = Spectrum(filters);
        var total = energy.sum([1, 2]);
        double[] Share(Tensor mask) => (energy * mask).sum([1, 2]).div(total.clamp_min(double.Epsilon)).cpu().data<double>().ToArray();
        var (low, middle, high) = (Share(radius.lt(LowBound)), Share(radius.ge(LowBound).logical_and(radius.lt(HighBound))), Share(radius.ge(HighBound)));
        return [.. low.Select((share, i) => new FrequencyShares(share, middle[i], high[i]))];
    }

    /// <summary>The energy of filters in rings of the radial frequency, all filters weighing alike whatever their length.</summary>
    /// <param name="filters">[maps, channels, height, width], on any device. Not kept.</param>
    /// <param name="rings">How many rings 0 … ½ cycles a pixel is divided into; the corners beyond belong to none.</param>
    /// <returns>The mean share of each ring, divided by that of white noise: 1 where there is as much energy as in noise.</returns>
    public static IReadOnlyList<double> Profile(Tensor filters, int rings)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (energy, radius) = Spectrum(filters);
        var alive = energy.sum([1, 2], keepdim: true).gt(0);
        var mean = (energy / energy.sum([1, 2], keepdim: true).clamp_min(double.Epsilon)).sum(dim: 0) / alive.sum().clamp_min(1);     // [points, points], sums to 1
        return [.. Enumerable.Range(0, rings).Select(ring =>
        {
            using var inner = NewDisposeScope();
            var mask = radius.ge(0.5 * ring / rings).logical_and(radius.lt(0.5 * (ring + 1) / rings));
            return (mean * mask).sum().item<double>() / (mask.sum().item<long>() / (double)radius.numel());
        })];
    }

    /// <returns>Energy [maps, points, points] and radial frequency [points, points], of float64.</returns>
    private static (Tensor Energy, Tensor Radius) Spectrum(Tensor filters)
    {
        var (height, width) = (Math.Max(Points, filters.shape[2]), Math.Max(Points, filters.shape[3]));
        var energy = fft.fft2(filters.detach().to_type(ScalarType.Float64), [height, width]).abs().square().sum(dim: 1);
        var (fy, fx) = (fft.fftfreq(height, dtype: ScalarType.Float64, device: filters.device), fft.fftfreq(width, dtype: ScalarType.Float64, device: filters.device));
        return (energy, (fy.square().unsqueeze(1) + fx.square().unsqueeze(0)).sqrt());
    }
}
