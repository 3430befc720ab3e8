using ZfDecl.Data.Sets;
using ZfDecl.Studies.Classifiers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace ZfDecl.Studies.Objects;

/// <summary>
/// A linear classifier for each class against all else, on features prepared as by <see cref="LinearClassifier"/>: a logistic regression, or a support vector machine.
/// In learning a class, the images in which it is difficult to see are left out.
/// </summary>
internal sealed class ObjectClassifier : IDisposable
{
    private const int Parts = 3;

    private readonly LinearClassifierKind kind;
    private readonly Presence[][] labels;       // of the training images
    private readonly Tensor rows;               // [N, D + 1], or in a basis of them [N, N]
    private readonly Tensor? basis;             // [D + 1, N]
    private readonly Tensor mean;               // [D]
    private readonly double scale;

    /// <summary>Prepares the training images.</summary>
    /// <param name="kind">The classifier.</param>
    /// <param name="features">[N, D], float32; stays the caller's.</param>
    /// <param name="labels">Of each, whether it holds each class.</param>
    public ObjectClassifier(LinearClassifierKind kind, Tensor features, Presence[][] labels)
    {
        (this.kind, this.labels) = (kind, labels);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        (rows, basis, mean, scale) = LinearClassifier.Prepare(features);
        rows.DetachFromDisposeScope();
        basis?.DetachFromDisposeScope();
        mean.DetachFromDisposeScope();
    }

    /// <summary>How well a C suits: the mean average precision over the classes, each image scored by classifiers that have not seen it.</summary>
    /// <param name="c">C, above 0.</param>
    /// <param name="fitted">Is shown each fit. They are not its own.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public double CrossValidate(double c, Action<LinearFit>? fitted = null, CancellationToken stop = default)
    {
        using var noGrad = no_grad();
        int[] images = [.. Enumerable.Range(0, labels.Length)];
        double[] precisions = [.. Enumerable.Range(0, labels[0].Length).Select(OfClass).Where(double.IsFinite)];
        return precisions.DefaultIfEmpty().Average();

        double OfClass(int label)
        {
            var scores = new double[images.Length];
            for (var part = 0; part < Parts; part++)
            {
                stop.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                int[] tested = [.. images.Where(image => image % Parts == part)];
                if (Fit([.. images.Where(image => image % Parts != part)], label, c) is not { } fit)
                    return double.NaN;
                fitted?.Invoke(fit);
                foreach (var (image, score) in tested.Zip(LinearClassifier.Select(rows, tested).matmul(Single(fit.Weights)).flatten().data<float>().ToArray()))
                    scores[image] = score;
            }
            return AveragePrecision.Of(scores, [.. labels.Select(image => image[label])]);
        }
    }

    /// <summary>Learns a class from all training images.</summary>
    /// <param name="label">The class.</param>
    /// <param name="c">C, above 0: how much an image counts beside the length of the weights.</param>
    /// <param name="fitted">Is shown the fit, which is not its own.</param>
    /// <returns>[D + 1, 1], float32, for <see cref="Scores"/>; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">Not both images with and without the class are there.</exception>
    public Tensor Learn(int label, double c, Action<LinearFit>? fitted = null)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var fit = Fit([.. Enumerable.Range(0, labels.Length)], label, c) ?? throw new ArgumentException($"class {label} has not both images with and without it", nameof(label));
        fitted?.Invoke(fit);
        var weights = Single(fit.Weights);
        return (basis?.matmul(weights) ?? weights).DetachFromDisposeScope();
    }

    /// <summary>How likely images hold a class, as far as their order goes.</summary>
    /// <param name="features">[N, D], float32; stays the caller's.</param>
    /// <param name="weights">What <see cref="Learn"/> has given.</param>
    public float[] Scores(Tensor features, Tensor weights)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return LinearClassifier.Scaled(normalize(features, dim: 1), mean, scale).matmul(weights).flatten().data<float>().ToArray();
    }

    /// <summary>Frees its tensors.</summary>
    public void Dispose()
    {
        rows.Dispose();
        basis?.Dispose();
        mean.Dispose();
    }

    private LinearFit? Fit(int[] images, int label, double c)
    {
        int[] clear = [.. images.Where(image => labels[image][label] != Presence.Difficult)];
        var holds = Array.ConvertAll(clear, image => labels[image][label] == Presence.Present);
        if (!holds.Contains(true) || !holds.Contains(false))
            return null;
        var learned = clear.Length == rows.shape[0] ? rows : LinearClassifier.Select(rows, clear);
        var sides = Array.ConvertAll(holds, one => one ? 0 : 1);
        return kind == LinearClassifierKind.Svm
            ? LinearSvm.Train(learned, sides, 1, c)                 // one machine, of class 0 against the rest
            : SoftmaxRegression.Train(learned, sides, 2, c);
    }

    /// <summary>One column of scores: of two classes, the log-odds.</summary>
    private static Tensor Single(Tensor weights) => weights.shape[1] == 1 ? weights : weights.narrow(1, 0, 1) - weights.narrow(1, 1, 1);
}
