using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using ZfDecl.Distributed;
using ZfDecl.Messages;
using ZfDecl.Studies.Comparison;

namespace ZfDecl.Studies.Transfer;

/// <summary>Every method on every row and fold of a protocol. What a study's folder holds already is not done again.</summary>
/// <param name="protocol">The rows and folds.</param>
/// <param name="methods">The methods; their names differ.</param>
/// <param name="folder">Keeps what is finished; null on all ranks but rank 0.</param>
/// <param name="log">Shows the progress.</param>
/// <param name="group">The ranks, which take the rows as they become free; this process alone where null.</param>
internal sealed class FewShotStudy(FewShotProtocol protocol, IReadOnlyList<IFewShotMethod> methods, StudyDirectory<FewShotRow>? folder, IRunLog log, IProcessGroup? group = null)
{
    private sealed record Cell(int Method, int PerClass, int Fold);

    /// <summary>Does what is not done yet; each row is kept as soon as it is finished. Collective.</summary>
    /// <param name="stop">Ends it.</param>
    /// <returns>All rows, in their order: methods, then images per class, then folds; none on other ranks than rank 0.</returns>
    /// <exception cref="OperationCanceledException">It was stopped; what is finished is kept.</exception>
    public IReadOnlyList<FewShotRow> Run(CancellationToken stop)
    {
        Cell[] all = [.. from method in Enumerable.Range(0, methods.Count) from perClass in protocol.PerClass from fold in Enumerable.Range(1, protocol.Folds) select new Cell(method, perClass, fold)];
        Cell[] left = folder is null ? [] : [.. all.Where(row => folder.Find(KeyOf(row)) is null)];
        if (folder is not null && left.Length < all.Length)
            log.Say($"{all.Length - left.Length} of {all.Length} rows are finished already");
        using var bar = left.Length == 0 ? new SilentLog() : log.Start("the study", left.Sum(ImagesOf), "images");
        var (begun, own) = (all.Length - left.Length, new ConcurrentDictionary<Cell, bool>());
        WorkSharing.Run(group ?? AloneGroup.Instance, left, (row, token) =>
        {
            own[row] = true;
            return Run(row, bar, token);
        }, (row, result) =>
        {
            folder!.Add(KeyOf(row), result);
            methods[row.Method].Release(TaskOf(row));
            if (!own.ContainsKey(row))
                bar.Advance(ImagesOf(row));             // of another rank, which has no bar
        }, stop, (row, _) => bar.Advance(0, string.Create(CultureInfo.InvariantCulture, $"row {++begun}/{all.Length}: {KeyOf(row)}")));
        return folder is null ? [] : [.. all.Select(row => folder.Find(KeyOf(row))!)];
    }

    private FewShotRow Run(Cell row, IProgressBar bar, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var (began, method, task) = (Stopwatch.GetTimestamp(), methods[row.Method], TaskOf(row));
        var (predicted, note) = method.Run(task, bar, stop);
        return new(method.Name, task.PerClass, task.Fold, task.MeanPerClassAccuracy(predicted), note, Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    private FewShotTask TaskOf(Cell row) => protocol.Task(row.PerClass, row.Fold);

    private long ImagesOf(Cell row) => methods[row.Method].Images(TaskOf(row));

    private string KeyOf(Cell row) => FewShotRow.KeyOf(methods[row.Method].Name, row.PerClass, row.Fold);
}
