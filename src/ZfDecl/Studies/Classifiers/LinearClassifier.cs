using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace ZfDecl.Studies.Classifiers;

/// <summary>
/// A linear classifier on features of length 1 that are centred and scaled by its training images: <c>argmax (x / ‖x‖ − mean) / scale · W</c>, with a constant
/// feature of 1 behind the others. At one length, images differ by what is in them rather than by their contrast. The scale is one number, so that the training
/// images have squared length 1 in the mean: C then means the same on any layer.
/// </summary>
internal sealed class LinearClassifier : IDisposable
{
    /// <summary>The values of C that are tried.</summary>
    public static IReadOnlyList<double> Strengths { get; } = [1, 10, 100, 1000];

    /// <summary>The C where nothing chooses.</summary>
    public const double UsualStrength = 10;

    private const int Parts = 5, FewestTried = 15, MostImagesTried = 2000;

    private readonly Tensor mean;               // [D]
    private readonly Tensor weights;            // [D + 1, classes]
    private readonly double scale;

    private LinearClassifier(Tensor mean, double scale, Tensor weights, double strength) => (this.mean, this.scale, this.weights, Strength) = (mean, scale, weights, strength);

    /// <summary>The C that was chosen.</summary>
    public double Strength { get; }

    /// <summary>
    /// Learns the classes. C is the one of <see cref="Strengths"/> with the most right answers in 5-fold cross-validation within the training images (at most
    /// 2,000 of them, evenly), the smallest of equals; 10 where a class has fewer than 15 images, which would decide by chance.
    /// </summary>
    /// <param name="kind">The classifier.</param>
    /// <param name="features">[N, D], float32; stays the caller's.</param>
    /// <param name="labels">Their classes, 0 … <paramref name="classes"/> − 1.</param>
    /// <param name="classes">The number of classes; each has an image.</param>
    /// <param name="fitted">Is shown each fit, those of the cross-validation too. They are not its own.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>The classifier; the caller disposes it.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static LinearClassifier Train(LinearClassifierKind kind, Tensor features, int[] labels, int classes, Action<LinearFit>? fitted = null, CancellationToken stop = default)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (rows, basis, mean, scale) = Prepare(features);
        var strength = UsualStrength;
        if (labels.CountBy(label => label).Min(count => count.Value) >= FewestTried)
        {
            var right = Right(kind, rows, labels, classes, Strengths, fitted, stop);
            strength = Strengths[Array.IndexOf(right, right.Max())];
        }
        var fit = Fit(kind, rows, labels, classes, strength);
        fitted?.Invoke(fit);
        return new(mean.DetachFromDisposeScope(), scale, (basis?.matmul(fit.Weights) ?? fit.Weights).DetachFromDisposeScope(), strength);
    }

    /// <summary>How well features suit: the right answers of such classifiers with C = 10 in cross-validation within the training images.</summary>
    /// <param name="kind">The classifier.</param>
    /// <param name="features">[N, D], float32; stays the caller's.</param>
    /// <param name="labels">Their classes, 0 … <paramref name="classes"/> − 1.</param>
    /// <param name="classes">The number of classes; each has two images at least.</param>
    /// <param name="fitted">Is shown each fit. They are not its own.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>How many of at most 2,000 images, evenly of each class, are recognised by a classifier that has not seen them: 5 parts, fewer where a class has fewer images.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static int CrossValidate(LinearClassifierKind kind, Tensor features, int[] labels, int classes, Action<LinearFit>? fitted = null, CancellationToken stop = default)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return Right(kind, Prepare(features).Rows, labels, classes, [UsualStrength], fitted, stop)[0];
    }

    /// <summary>The class of each row.</summary>
    /// <param name="features">[N, D], float32; stays the caller's.</param>
    public int[] Predict(Tensor features)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return Predict(Scaled(normalize(features, dim: 1), mean, scale), weights);
    }

    /// <summary>Frees its tensors.</summary>
    public void Dispose()
    {
        mean.Dispose();
        weights.Dispose();
    }

    /// <summary>
    /// The rows that are learned. All solutions lie in the span of the training images: where these are fewer than the features, they are seen in a basis of it, [D + 1, N].
    /// </summary>
    internal static (Tensor Rows, Tensor? Basis, Tensor Mean, double Scale) Prepare(Tensor features)
    {
        var directions = normalize(features, dim: 1);
        var mean = directions.mean([0L]);
        var scale = Math.Sqrt((directions - mean).square().sum(1).mean().item<float>());
        if (scale == 0)
            scale = 1;
        var rows = Scaled(directions, mean, scale);
        if (rows.shape[0] >= rows.shape[1])
            return (rows, null, mean, scale);
        var basis = linalg.qr(rows.t(), linalg.QRMode.Reduced).Q;
        return (rows.matmul(basis), basis, mean, scale);
    }

    internal static Tensor Scaled(Tensor directions, Tensor mean, double scale) => cat([(directions - mean) / scale, ones(directions.shape[0], 1)], 1);

    private static int[] Predict(Tensor rows, Tensor weights) => Array.ConvertAll(rows.matmul(weights).argmax(1).data<long>().ToArray(), label => (int)label);

    /// <summary>The rows of some images; the caller's.</summary>
    internal static Tensor Select(Tensor rows, int[] images)
    {
        using var index = tensor(Array.ConvertAll(images, image => (long)image));
        return rows.index_select(0, index);
    }

    private static LinearFit Fit(LinearClassifierKind kind, Tensor rows, int[] labels, int classes, double strength) => kind == LinearClassifierKind.Svm
        ? LinearSvm.Train(rows, labels, classes, strength)
        : SoftmaxRegression.Train(rows, labels, classes, strength);

    private static int[] Right(LinearClassifierKind kind, Tensor rows, int[] labels, int classes, IReadOnlyList<double> strengths, Action<LinearFit>? fitted, CancellationToken stop)
    {
        var ofClass = labels.Index().GroupBy(pair => pair.Item, pair => pair.Index).Select(images => images.Take(Math.Max(FewestTried, MostImagesTried / classes)).ToArray()).ToArray();
        var parts = Math.Min(Parts, ofClass.Min(images => images.Length));
        var right = new int[strengths.Count];
        for (var part = 0; part < parts; part++)
        {
            using var scope = NewDisposeScope();
            var (learned, tested) = (Part(part, inside: false), Part(part, inside: true));
            var (trainRows, testRows) = (Select(rows, learned), Select(rows, tested));
            foreach (var (position, strength) in strengths.Index())
            {
                stop.ThrowIfCancellationRequested();
                using var fit = Fit(kind, trainRows, [.. learned.Select(image => labels[image])], classes, strength);
                fitted?.Invoke(fit);
                right[position] += Predict(testRows, fit.Weights).Zip(tested, (label, image) => label == labels[image]).Count(hit => hit);
            }
        }
        return right;

        int[] Part(int part, bool inside) => [.. ofClass.SelectMany(images => images.Where((_, position) => position % parts == part == inside))];
    }
}
