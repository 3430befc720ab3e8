using System.Diagnostics;
using System.Globalization;
using ZfDecl.Data.Sets;
using ZfDecl.Distributed;
using ZfDecl.Messages;
using ZfDecl.Studies.Classifiers;
using ZfDecl.Studies.Comparison;
using ZfDecl.Studies.Transfer;

namespace ZfDecl.Studies.Objects;

/// <summary>
/// New classifiers on the fixed features of a network, one a class against all else, measured by average precision. The layer, and then C, are those of the greatest
/// mean average precision in cross-validation within the training images, of which at most 2,000 decide that. What a study's folder holds already is not done again.
/// </summary>
/// <param name="task">What is to be found.</param>
/// <param name="folder">Keeps what is finished; null on all ranks but rank 0.</param>
/// <param name="log">Shows the progress, and is told where a classifier has not reached its optimum, once for a method.</param>
/// <param name="group">The ranks, which take layers, strengths and classes as they become free; this process alone where null.</param>
internal sealed class ObjectStudy(ObjectTask task, StudyDirectory<ObjectRow>? folder, IRunLog log, IProcessGroup? group = null)
{
    private const int TestedAtOnce = 2048, MostImagesTried = 2000;

    private readonly IProcessGroup ranks = group ?? AloneGroup.Instance;

    /// <summary>Does the classes that are not done yet; each is kept as soon as it is finished. Collective.</summary>
    /// <param name="method">What is measured, for example <c>pretrained features + svm</c>.</param>
    /// <param name="layers">The features of all images at each layer, from the lowest; at least one. They stay the caller's.</param>
    /// <param name="kind">The classifier.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>A row a class, in the order of the classes; none on other ranks than rank 0.</returns>
    /// <exception cref="OperationCanceledException">It was stopped; what is finished is kept.</exception>
    public IReadOnlyList<ObjectRow> Run(string method, IReadOnlyList<LayerFeatures> layers, LinearClassifierKind kind, CancellationToken stop)
    {
        IReadOnlyList<int> left = WorkSharing.FromFirst<int>(ranks, folder is null ? [] : [.. Enumerable.Range(0, task.Classes.Count).Where(label => folder.Find(KeyOf(label)) is null)]);
        if (left.Count < task.Classes.Count)
            log.Say($"{method}: {task.Classes.Count - left.Count} of {task.Classes.Count} classes are finished already");
        if (left.Count > 0)
            Run(method, layers, kind, left, stop);
        return folder is null ? [] : [.. Enumerable.Range(0, task.Classes.Count).Select(label => folder.Find(KeyOf(label))!)];

        string KeyOf(int label) => ObjectRow.KeyOf(method, task.Classes[label]);
    }

    private void Run(string method, IReadOnlyList<LayerFeatures> layers, LinearClassifierKind kind, IReadOnlyList<int> left, CancellationToken stop)
    {
        using var bar = log.Start(method, (layers.Count > 1 ? layers.Count : 0) + LinearClassifier.Strengths.Count + left.Count, "steps");
        var check = new ConvergenceCheck();
        var layer = layers is [var only] ? only : Best(layers.Reverse(), one => one.Layer.Name, (one, token) => Suits(one, kind, check, token));
        using var some = OfSome(layer, kind);
        var strength = Best(LinearClassifier.Strengths, c => string.Create(CultureInfo.InvariantCulture, $"C = {c}"), (c, token) => some.CrossValidate(c, check.Of(layer.Layer.Name), token));
        using var train = layer.Rows(task.Train);
        using var classifier = new ObjectClassifier(kind, train, task.TrainLabels);
        WorkSharing.Run(ranks, left, (label, token) =>
        {
            token.ThrowIfCancellationRequested();
            var began = Stopwatch.GetTimestamp();
            Presence[] labels = [.. task.TestLabels.Select(image => image[label])];
            var precision = AveragePrecision.Of(Score(classifier, layer, label, strength, check), labels);
            return new ObjectRow(method, task.Classes[label], precision, labels.Count(one => one == Presence.Present), labels.Count(one => one != Presence.Difficult),
                FormattableString.Invariant($"{layer.Layer.Name} C = {strength}"), Stopwatch.GetElapsedTime(began).TotalSeconds);
        }, (label, row) =>
        {
            folder!.Add(ObjectRow.KeyOf(method, row.Class), row);
            bar.Advance(1, row.Class);
        }, stop);
        check.Warn(log, method);

        // The first of the best.
        T Best<T>(IEnumerable<T> tried, Func<T, string> name, Func<T, CancellationToken, double> suits)
        {
            T[] all = [.. tried];
            var found = WorkSharing.RunForAll<int, double>(ranks, [.. Enumerable.Range(0, all.Length)], (i, token) => suits(all[i], token), stop, (i, _) => bar.Advance(0, name(all[i])), () => bar.Advance(1));
            return all.Zip(found).MaxBy(pair => pair.Second).First;
        }
    }

    private double Suits(LayerFeatures layer, LinearClassifierKind kind, ConvergenceCheck check, CancellationToken stop)
    {
        using var some = OfSome(layer, kind);
        return some.CrossValidate(LinearClassifier.UsualStrength, check.Of(layer.Layer.Name), stop);
    }

    /// <summary>Of the images that decide: evenly chosen, as lists go by year.</summary>
    private ObjectClassifier OfSome(LayerFeatures layer, LinearClassifierKind kind)
    {
        var tried = Math.Min(task.Train.Length, MostImagesTried);
        int[] positions = [.. Enumerable.Range(0, tried).Select(i => (int)((long)i * task.Train.Length / tried))];
        using var rows = layer.Rows([.. positions.Select(position => task.Train[position])]);
        return new(kind, rows, [.. positions.Select(position => task.TrainLabels[position])]);
    }

    private double[] Score(ObjectClassifier classifier, LayerFeatures layer, int label, double strength, ConvergenceCheck check)
    {
        using var weights = classifier.Learn(label, strength, check.Of(layer.Layer.Name));
        var scores = new List<double>();
        foreach (var some in task.Test.Chunk(TestedAtOnce))
        {
            using var test = layer.Rows(some);
            scores.AddRange(classifier.Scores(test, weights).Select(score => (double)score));
        }
        return [.. scores];
    }
}
