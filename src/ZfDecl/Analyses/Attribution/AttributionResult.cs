using System.Globalization;

namespace ZfDecl.Analyses.Attribution;

/// <summary>An area under the curve, averaged over images, and the difference to that of a random order, image by image.</summary>
/// <param name="Area">The mean area, 0 … 1.</param>
/// <param name="Difference">The mean difference to the random order's.</param>
/// <param name="Margin">Half of the difference's 95 % confidence interval: 1.96 standard errors; infinite for fewer than two images.</param>
public readonly record struct AreaFigures(double Area, double Difference, double Margin)
{
    /// <summary>The figures of areas, one an image, and those of the random order.</summary>
    public static AreaFigures Of(IReadOnlyList<double> areas, IReadOnlyList<double> random)
    {
        double[] differences = [.. areas.Zip(random, (one, other) => one - other)];
        var mean = differences.Average();
        var margin = differences.Length < 2 ? double.PositiveInfinity
            : 1.96 * Math.Sqrt(differences.Sum(one => (one - mean) * (one - mean)) / (differences.Length - 1) / differences.Length);
        return new(areas.Average(), mean, margin);
    }

    /// <summary>Whether the interval lies below 0.</summary>
    public bool IsBelow => Difference + Margin < 0;

    /// <summary>Whether the interval lies above 0.</summary>
    public bool IsAbove => Difference - Margin > 0;
}

/// <summary>A row of the table: one rule under one baseline.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Baseline">What replaced pixels.</param>
/// <param name="Deletion">Of the deletion curves: the lower, the sooner the class is lost.</param>
/// <param name="Insertion">Of the insertion curves: the higher, the sooner the class is found.</param>
public sealed record AttributionRow(AttributionRule Rule, DeletionBaseline Baseline, AreaFigures Deletion, AreaFigures Insertion)
{
    /// <summary>Whether the rule names pixels that the network needs and that are enough for it, better than chance on both counts.</summary>
    public bool BeatsChance => Deletion.IsBelow && Insertion.IsAbove;
}

/// <summary>Whether the pixels that rules name are those that a network needs for a class.</summary>
/// <param name="Curves">Of each image, rule and baseline one; of each rule the same images.</param>
public sealed record AttributionResult(IReadOnlyList<AttributionCurve> Curves)
{
    /// <summary>From so many images on, orders are told apart: fewer are named as too few.</summary>
    public const int FewestImages = 200;

    /// <summary>How many images there are.</summary>
    public int Images { get; } = Curves.Select(curve => curve.Image).Distinct().Count();

    /// <summary>The table, rule by rule.</summary>
    public IReadOnlyList<AttributionRow> Rows { get; } = [.. Curves.GroupBy(curve => (curve.Rule, curve.Baseline)).OrderBy(group => group.Key).Select(group => new AttributionRow(
        group.Key.Rule, group.Key.Baseline, Figures(Curves, group.Key, curve => curve.Deletion), Figures(Curves, group.Key, curve => curve.Insertion)))];

    /// <summary>The rules, in order.</summary>
    public IReadOnlyList<AttributionRule> Rules { get; } = [.. Curves.Select(curve => curve.Rule).Distinct().Order()];

    /// <summary>What a rule is called.</summary>
    public static string Name(AttributionRule rule) => rule switch
    {
        AttributionRule.Occlusion => "occlusion",
        AttributionRule.GradCam => "Grad-CAM",
        AttributionRule.IntegratedGradients => "integrated gradients",
        _ => "random order",
    };

    /// <summary>The mean of a rule's curves.</summary>
    public double[] Mean(AttributionRule rule, DeletionBaseline baseline, Func<AttributionCurve, double[]> curve)
    {
        double[][] all = [.. Curves.Where(one => one.Rule == rule && one.Baseline == baseline).Select(curve)];
        return [.. Enumerable.Range(0, all[0].Length).Select(step => all.Average(one => one[step]))];
    }

    /// <summary>What was found: a sentence a rule that says of it no more than all baselines agree on.</summary>
    public IEnumerable<string> Sentences()
    {
        foreach (var rule in Rows.Where(row => row.Rule != AttributionRule.Random).GroupBy(row => row.Rule))
        {
            var (better, all) = (rule.Where(row => row.BeatsChance).Select(row => Word(row.Baseline)).ToArray(), rule.Count());
            var finding = better.Length == all ? "it names pixels that the network needs and that are enough for it, more than a random order does, whatever the baseline"
                : better.Length == 0 ? "under no baseline is it better than a random order on both counts"
                : $"it is better than a random order on both counts over {string.Join(" and ", better)} alone, so that is partly the baseline's doing";
            yield return $"{char.ToUpperInvariant(Name(rule.Key)[0])}{Name(rule.Key)[1..]}, pixels deleted and inserted in {Images.ToString("N0", CultureInfo.InvariantCulture)} images: against a random order the area under the deletion curve differs by {Differences(rule, row => row.Deletion)} (less is better), "
                + $"under the insertion curve by {Differences(rule, row => row.Insertion)} (more is better): {finding}.";
        }
        if (Images < FewestImages && Rows.Count > 0)
            yield return $"These are {Images} images; to tell orders apart take {FewestImages} or more, with `images`.";
    }

    private static string Differences(IEnumerable<AttributionRow> rows, Func<AttributionRow, AreaFigures> curve) => string.Join(", ", rows.Select(row => FormattableString.Invariant(
        $"{curve(row).Difference:+0.000;−0.000} ± {curve(row).Margin:0.000} over {Word(row.Baseline)}")));

    private static string Word(DeletionBaseline baseline) => baseline switch { DeletionBaseline.Grey => "grey", DeletionBaseline.Blur => "the blurred image", _ => "its mean" };

    private static AreaFigures Figures(IReadOnlyList<AttributionCurve> curves, (AttributionRule Rule, DeletionBaseline Baseline) key, Func<AttributionCurve, double[]> curve)
    {
        return AreaFigures.Of(Areas(key.Rule), Areas(AttributionRule.Random));

        List<double> Areas(AttributionRule rule) => [.. curves.Where(one => one.Rule == rule && one.Baseline == key.Baseline).OrderBy(one => one.Image).Select(one => DeletionCurves.Area(curve(one)))];
    }
}
