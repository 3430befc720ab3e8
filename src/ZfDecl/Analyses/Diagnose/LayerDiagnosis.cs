using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Analyses.Diagnose;

/// <summary>What a layer's filters and maps look like to somebody who chooses an architecture (Zeiler &amp; Fergus 2014, §4.1).</summary>
public sealed record LayerDiagnosis
{
    /// <summary>A filter dominates where its RMS is more than so many times that of the median filter.</summary>
    public const double DominanceBound = 3;

    /// <summary>A layer aliases where its indicator is above this.</summary>
    public const double AliasingBound = 0.2;

    /// <summary>Maps are dead in number where more than this share of them is.</summary>
    public const double DeadBound = 0.05;

    /// <summary>The layer: a convolution, or a dense layer that a relu follows.</summary>
    public required LayerInfo Layer { get; init; }

    /// <summary>The maps that no image excites.</summary>
    public required IReadOnlyList<int> Dead { get; init; }

    /// <summary>The images that tried to.</summary>
    public required int Images { get; init; }

    /// <summary>The root mean square of each filter's weights.</summary>
    public required IReadOnlyList<double> Rms { get; init; }

    /// <summary>The frequencies of each filter, of the first convolution; null elsewhere.</summary>
    public IReadOnlyList<FrequencyShares>? Frequencies { get; init; }

    /// <summary>The energy of all filters over rings of frequency, of the first convolution; null elsewhere. See <see cref="FrequencyShares.Profile"/>.</summary>
    public IReadOnlyList<double>? Profile { get; init; }

    /// <summary>Whether the filters look like anything, of a convolution whose kernels have more than one weight; null elsewhere.</summary>
    public FilterStructure? Structure { get; init; }

    /// <summary>The aliasing of each map and of the layer; null where its stride is 1.</summary>
    public Aliasing? Aliasing { get; init; }

    /// <summary>The RMS of the filter in the middle: the mean of the two middle ones of an even number.</summary>
    public double MedianRms
    {
        get
        {
            var sorted = Rms.Order().ToArray();
            return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }
    }

    /// <summary>The largest RMS, in medians; infinite where the median is 0 and the largest is not.</summary>
    public double Dominance => Rms.Max() is > 0 and var largest ? largest / MedianRms : 1;

    /// <summary>The mean of the filters' shares; null where they were not measured.</summary>
    public FrequencyShares? MeanFrequencies => Frequencies is { } all ? new(all.Average(one => one.Low), all.Average(one => one.Middle), all.Average(one => one.High)) : null;

    /// <summary>What a person should know of it, in one sentence.</summary>
    public string Verdict
    {
        get
        {
            var findings = Findings().ToArray();
            return $"{Layer.Name}: {(findings.Length == 0 ? "nothing stands out" : string.Join("; ", findings))}.";
        }
    }

    /// <summary>Whether nothing stands out.</summary>
    public bool IsInconspicuous => !Findings().Any();

    private IEnumerable<string> Findings()
    {
        if (Dead.Count > DeadBound * Rms.Count)
            yield return $"{Dead.Count} of {Quantity.Of(Rms.Count, "map")} {(Dead.Count == 1 ? "is" : "are")} dead: none of {Quantity.Of(Images, "image")} excites {(Dead.Count == 1 ? "it" : "them")}";
        if (Dominance > DominanceBound)
            yield return FormattableString.Invariant($"filter {Rms.Index().MaxBy(filter => filter.Item).Index} dominates, with {Dominance:0.0} times the median RMS (filter-rms in the spec's train bounds it)");
        if (Structure is { IsInitial: true } structure)
            yield return FormattableString.Invariant($"not learned: its filters look like an initialisation, {structure.Low:0.0 %} low frequencies ({structure.InitialLow.Mean:0.0 %} before a training) and neighbouring weights that correlate by {structure.Autocorrelation:0.00} (more images, or a longer training)");
        else if (MeanFrequencies is { } mean && mean.Middle < FrequencyShares.OfNoise.Middle)
            yield return FormattableString.Invariant($"its filters hold low ({mean.Low:0 %}) and high ({mean.High:0 %}) frequencies and fewer in between ({mean.Middle:0 %}) than white noise");
        if (Aliasing is { OfLayer: > AliasingBound and var share })
            yield return FormattableString.Invariant($"{share:0 %} of what it answers is finer than its stride of {Math.Max(Layer.Window!.Value.StrideY, Layer.Window.Value.StrideX)} can keep, and aliases (a smaller stride keeps it)");
    }
}
