namespace ZfDecl.Studies.Transfer;

/// <summary>A method's accuracy over all folds.</summary>
/// <param name="Method">The method.</param>
/// <param name="PerClass">Training images of each class.</param>
/// <param name="Folds">How many folds.</param>
/// <param name="Mean">The mean of their mean per-class accuracies; 0 … 1.</param>
/// <param name="Deviation">Their standard deviation, with divisor <c>Folds − 1</c>; 0 for a single one.</param>
internal sealed record FewShotCell(string Method, int PerClass, int Folds, double Mean, double Deviation)
{
    /// <summary>In percent, as the paper prints it: <c>83.8 ± 0.5</c>.</summary>
    public override string ToString() => Folds > 1 ? FormattableString.Invariant($"{100 * Mean:0.0} ± {100 * Deviation:0.0}") : FormattableString.Invariant($"{100 * Mean:0.0}");

    /// <summary>The cells of a table, methods in the order of their first rows, then images per class, ascending.</summary>
    public static IReadOnlyList<FewShotCell> Of(IReadOnlyList<FewShotRow> rows) =>
        [.. rows.GroupBy(row => row.Method).SelectMany(method => method.GroupBy(row => row.PerClass).OrderBy(cell => cell.Key)
            .Select(cell => Of(method.Key, cell.Key, [.. cell.Select(row => row.Accuracy)])))];

    private static FewShotCell Of(string method, int perClass, double[] accuracies)
    {
        var mean = accuracies.Average();
        var squares = accuracies.Sum(accuracy => (accuracy - mean) * (accuracy - mean));
        return new(method, perClass, accuracies.Length, mean, accuracies.Length > 1 ? Math.Sqrt(squares / (accuracies.Length - 1)) : 0);
    }
}
