using ZfDecl.Runs;

namespace ZfDecl.Studies;

/// <summary>A new classifier on top of a pretrained network that stays as it is up to a layer (Zeiler &amp; Fergus 2014, §5.2).</summary>
/// <param name="features">The layer's features of all images; stay the caller's.</param>
/// <param name="kind">The classifier.</param>
public sealed class FixedFeatures(LayerFeatures features, LinearClassifierKind kind) : IFewShotMethod
{
    private const int TestedAtOnce = 2048;

    /// <summary>The layer and the classifier, for example <c>relu4 + softmax</c>.</summary>
    public string Name => NameOf(features.Layer.Name, kind);

    /// <summary>The name of such a method.</summary>
    public static string NameOf(string layer, LinearClassifierKind kind) => $"{layer} + {kind.ToString().ToLowerInvariant()}";

    /// <inheritdoc/>
    public long Images(FewShotTask task) => task.Train.Length + task.Test.Length;

    /// <inheritdoc/>
    public (int[] Predicted, string Note) Run(FewShotTask task, IProgressBar bar, CancellationToken cancellation)
    {
        using var train = features.Rows(task.Train);
        using var classifier = LinearClassifier.Train(kind, train, task.TrainLabels, task.Classes.Count, cancellation);
        bar.Advance(task.Train.Length);
        var predicted = new List<int>();
        foreach (var some in task.Test.Chunk(TestedAtOnce))
        {
            using var test = features.Rows(some);
            predicted.AddRange(classifier.Predict(test));
            bar.Advance(some.Length);
        }
        return ([.. predicted], FormattableString.Invariant($"C = {classifier.Strength}"));
    }
}
