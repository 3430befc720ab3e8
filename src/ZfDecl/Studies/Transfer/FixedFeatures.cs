using ZfDecl.Messages;
using ZfDecl.Studies.Classifiers;

namespace ZfDecl.Studies.Transfer;

/// <summary>
/// A new classifier on top of a pretrained network that stays as it is up to a layer (Zeiler &amp; Fergus 2014, §5.2). Of several layers, cross-validation
/// within the training images of the task chooses one, the highest of equals; of a single image a class, which cannot choose, the highest is taken.
/// </summary>
internal sealed class FixedFeatures : IFewShotMethod
{
    private const int TestedAtOnce = 2048;

    private readonly IReadOnlyList<LayerFeatures> layers;
    private readonly LinearClassifierKind kind;
    private readonly IRunLog log;

    /// <param name="layers">The features of all images at each layer, from the lowest; at least one. They stay the caller's.</param>
    /// <param name="kind">The classifier.</param>
    /// <param name="log">Is told where a classifier has not reached its optimum, once for a task.</param>
    /// <param name="network">What the network is, for example <c>pretrained</c>; empty where there is only one.</param>
    public FixedFeatures(IReadOnlyList<LayerFeatures> layers, LinearClassifierKind kind, IRunLog log, string network = "")
    {
        (this.layers, this.kind, this.log) = (layers, kind, log);
        Name = NameOf($"{network} {(layers is [var only] ? only.Layer.Name : "features")}".TrimStart(), kind);
    }

    /// <summary>The layer and the classifier, for example <c>relu4 + softmax</c>; where it chooses the layer, <c>features + softmax</c>; the network before.</summary>
    public string Name { get; }

    /// <summary>The name of a method with one layer.</summary>
    public static string NameOf(string layer, LinearClassifierKind kind) => $"{layer} + {kind.ToString().ToLowerInvariant()}";

    /// <inheritdoc/>
    public long Images(FewShotTask task) => task.Train.Length + task.Test.Length;

    /// <inheritdoc/>
    public (int[] Predicted, string Note) Run(FewShotTask task, IProgressBar bar, CancellationToken cancellation)
    {
        var check = new ConvergenceCheck();
        var chosen = layers is [var only] || task.PerClass < 2 ? layers[^1] : layers.Reverse().MaxBy(layer => Right(layer, task, check, cancellation))!;
        using var train = chosen.Rows(task.Train);
        using var classifier = LinearClassifier.Train(kind, train, task.TrainLabels, task.Classes.Count, check.Of(chosen.Layer.Name), cancellation);
        check.Warn(log, FormattableString.Invariant($"{Name}, {task.PerClass} images per class, fold {task.Fold}"));
        bar.Advance(task.Train.Length);
        var predicted = new List<int>();
        foreach (var some in task.Test.Chunk(TestedAtOnce))
        {
            using var test = chosen.Rows(some);
            predicted.AddRange(classifier.Predict(test));
            bar.Advance(some.Length);
        }
        return ([.. predicted], FormattableString.Invariant($"{chosen.Layer.Name} C = {classifier.Strength}"));
    }

    private int Right(LayerFeatures layer, FewShotTask task, ConvergenceCheck check, CancellationToken stop)
    {
        using var train = layer.Rows(task.Train);
        return LinearClassifier.CrossValidate(kind, train, task.TrainLabels, task.Classes.Count, check.Of(layer.Layer.Name), stop);
    }
}
