using System.Diagnostics;
using System.Globalization;
using ZfDecl.Data.Sets;
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
/// <param name="folder">Keeps what is finished.</param>
/// <param name="log">Shows the progress, and is told where a classifier has not reached its optimum, once for a method.</param>
internal sealed class ObjectStudy(ObjectTask task, StudyDirectory<ObjectRow> folder, IRunLog log)
{
    private const int TestedAtOnce = 2048, MostImagesTried = 2000;

    /// <summary>Does the classes that are not done yet; each is kept as soon as it is finished.</summary>
    /// <param name="method">What is measured, for example <c>pretrained features + svm</c>.</param>
    /// <param name="layers">The features of all images at each layer, from the lowest; at least one. They stay the caller's.</param>
    /// <param name="kind">The classifier.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>A row a class, in the order of the classes.</returns>
    /// <exception cref="OperationCanceledException">It was stopped; what is finished is kept.</exception>
    public IReadOnlyList<ObjectRow> Run(string method, IReadOnlyList<LayerFeatures> layers, LinearClassifierKind kind, CancellationToken stop)
    {
        int[] left = [.. Enumerable.Range(0, task.Classes.Count).Where(label => folder.Find(KeyOf(label)) is null)];
        if (left.Length < task.Classes.Count)
            log.Say($"{method}: {task.Classes.Count - left.Length} of {task.Classes.Count} classes are finished already");
        if (left.Length > 0)
            Run(method, layers, kind, left, stop);
        return [.. Enumerable.Range(0, task.Classes.Count).Select(label => folder.Find(KeyOf(label))!)];

        string KeyOf(int label) => ObjectRow.KeyOf(method, task.Classes[label]);
    }

    private void Run(string method, IReadOnlyList<LayerFeatures> layers, LinearClassifierKind kind, int[] left, CancellationToken stop)
    {
        using var bar = log.Start(method, (layers.Count > 1 ? layers.Count : 0) + LinearClassifier.Strengths.Count + left.Length, "steps");
        var check = new ConvergenceCheck();
        var layer = layers is [var only] ? only : layers.Reverse().MaxBy(one => Tried(one.Layer.Name, () => Suits(one, kind, check, stop)))!;
        var strength = Strongest(layer);
        using var train = layer.Rows(task.Train);
        using var classifier = new ObjectClassifier(kind, train, task.TrainLabels);
        foreach (var label in left)
        {
            stop.ThrowIfCancellationRequested();
            var name = task.Classes[label];
            var began = Stopwatch.GetTimestamp();
            Presence[] labels = [.. task.TestLabels.Select(image => image[label])];
            var precision = AveragePrecision.Of(Score(classifier, layer, label, strength, check), labels);
            folder.Add(ObjectRow.KeyOf(method, name), new(method, name, precision, labels.Count(one => one == Presence.Present), labels.Count(one => one != Presence.Difficult),
                FormattableString.Invariant($"{layer.Layer.Name} C = {strength}"), Stopwatch.GetElapsedTime(began).TotalSeconds));
            bar.Advance(1, name);
        }
        check.Warn(log, method);

        double Strongest(LayerFeatures chosen)
        {
            using var some = OfSome(chosen, kind);
            return LinearClassifier.Strengths.MaxBy(c => Tried(string.Create(CultureInfo.InvariantCulture, $"C = {c}"), () => some.CrossValidate(c, check.Of(chosen.Layer.Name), stop)));
        }

        double Tried(string what, Func<double> suits)
        {
            bar.Advance(0, what);
            var found = suits();
            bar.Advance(1);
            return found;
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
