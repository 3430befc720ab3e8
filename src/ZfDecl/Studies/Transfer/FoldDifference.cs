namespace ZfDecl.Studies.Transfer;

/// <summary>How much more accurate one method is than another on the same folds: the images that a fold happens to draw matter to both alike.</summary>
/// <param name="Method">The one.</param>
/// <param name="Against">The other.</param>
/// <param name="PerClass">Training images of each class.</param>
/// <param name="Mean">The mean over the folds of the accuracy of the one minus the accuracy of the other; −1 … 1.</param>
/// <param name="Deviation">Their standard deviation, with divisor <c>Folds − 1</c>; null for a single fold.</param>
/// <param name="Folds">How many folds.</param>
/// <param name="Better">In how many of them the one is better.</param>
internal sealed record FoldDifference(string Method, string Against, int PerClass, double Mean, double? Deviation, int Folds, int Better)
{
    /// <summary>In percentage points: <c>+6.4 ± 1.2, better in 5 of 5 folds</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{100 * Mean:+0.0;-0.0;0.0}")
        + (Deviation is { } deviation ? FormattableString.Invariant($" ± {100 * deviation:0.0}") : "")
        + FormattableString.Invariant($", better in {Better} of {Folds} folds");

    /// <summary>The first method against each other one, then images per class, ascending.</summary>
    /// <param name="rows">All methods on the same folds.</param>
    public static IReadOnlyList<FoldDifference> Of(IReadOnlyList<FewShotRow> rows)
    {
        var accuracies = rows.ToDictionary(row => row.Key, row => row.Accuracy);
        string[] methods = [.. rows.Select(row => row.Method).Distinct()];
        return [.. methods.Skip(1).SelectMany(against => rows.Where(row => row.Method == methods[0]).GroupBy(row => row.PerClass).OrderBy(folds => folds.Key)
            .Select(folds => Of(methods[0], against, folds.Key, [.. folds.Select(row => row.Accuracy - accuracies[FewShotRow.KeyOf(against, row.PerClass, row.Fold)])])))];
    }

    private static FoldDifference Of(string method, string against, int perClass, double[] differences)
    {
        var (mean, deviation) = MeanDeviation.Of(differences);
        return new(method, against, perClass, mean, deviation, differences.Length, differences.Count(difference => difference > 0));
    }
}
