using System.Diagnostics;
using System.Globalization;
using ZfDecl.Messages;
using ZfDecl.Studies.Comparison;

namespace ZfDecl.Studies.Transfer;

/// <summary>Every method on every row and fold of a protocol. What a study's folder holds already is not done again.</summary>
/// <param name="protocol">The rows and folds.</param>
/// <param name="methods">The methods; their names differ.</param>
/// <param name="folder">Keeps what is finished.</param>
/// <param name="log">Shows the progress.</param>
internal sealed class FewShotStudy(FewShotProtocol protocol, IReadOnlyList<IFewShotMethod> methods, StudyDirectory<FewShotRow> folder, IRunLog log)
{
    /// <summary>Does what is not done yet; each row is kept as soon as it is finished.</summary>
    /// <param name="stop">Ends it.</param>
    /// <returns>All rows: methods in their order, then images per class, then folds.</returns>
    /// <exception cref="OperationCanceledException">It was stopped; what is finished is kept.</exception>
    public IReadOnlyList<FewShotRow> Run(CancellationToken stop)
    {
        (IFewShotMethod Method, int PerClass, int Fold)[] all =
            [.. from method in methods from perClass in protocol.PerClass from fold in Enumerable.Range(1, protocol.Folds) select (method, perClass, fold)];
        var left = all.Where(row => folder.Find(KeyOf(row)) is null).ToArray();
        if (left.Length < all.Length)
            log.Say($"{all.Length - left.Length} of {all.Length} rows are finished already");
        if (left.Length > 0)
        {
            using var bar = log.Start("the study", left.Sum(row => row.Method.Images(protocol.Task(row.PerClass, row.Fold))), "images");
            foreach (var (done, row) in left.Index())
            {
                bar.Advance(0, string.Create(CultureInfo.InvariantCulture, $"row {all.Length - left.Length + done + 1}/{all.Length}: {KeyOf(row)}"));
                var task = protocol.Task(row.PerClass, row.Fold);
                folder.Add(KeyOf(row), Run(row.Method, task, bar, stop));
                row.Method.Release(task);
            }
        }
        return [.. all.Select(row => folder.Find(KeyOf(row))!)];
    }

    private static FewShotRow Run(IFewShotMethod method, FewShotTask task, IProgressBar bar, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var began = Stopwatch.GetTimestamp();
        var (predicted, note) = method.Run(task, bar, stop);
        return new(method.Name, task.PerClass, task.Fold, task.MeanPerClassAccuracy(predicted), note, Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    private static string KeyOf((IFewShotMethod Method, int PerClass, int Fold) row) => FewShotRow.KeyOf(row.Method.Name, row.PerClass, row.Fold);
}
