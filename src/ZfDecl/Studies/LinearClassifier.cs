using static TorchSharp.torch;

namespace ZfDecl.Studies;

/// <summary>
/// A linear classifier on features that are centred and scaled by its training images: <c>argmax (x − mean) / scale · W</c>, with a constant feature of 1
/// behind the others. The scale is one number, so that the training images have squared length 1 in the mean: C then means the same on any layer.
/// </summary>
public sealed class LinearClassifier : IDisposable
{
    /// <summary>The values of C that are tried.</summary>
    public static IReadOnlyList<double> Strengths { get; } = [1, 10, 100, 1000];

    private const double UsualStrength = 10;
    private const int Parts = 3, FewestTried = 15, MostImagesTried = 2000;

    private readonly Tensor mean;               // [D]
    private readonly Tensor weights;            // [D + 1, classes]
    private readonly double scale;

    private LinearClassifier(Tensor mean, double scale, Tensor weights, double strength) => (this.mean, this.scale, this.weights, Strength) = (mean, scale, weights, strength);

    /// <summary>The C that was chosen.</summary>
    public double Strength { get; }

    /// <summary>
    /// Learns the classes. C is the one of <see cref="Strengths"/> with the most right answers in 3-fold cross-validation within the training images (at most
    /// 2,000 of them, evenly), the smallest of equals; 10 where a class has fewer than 15 images, which would decide by chance.
    /// </summary>
    /// <param name="kind">The classifier.</param>
    /// <param name="features">[N, D], float32; stays the caller's.</param>
    /// <param name="labels">Their classes, 0 … <paramref name="classes"/> − 1.</param>
    /// <param name="classes">The number of classes; each has an image.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>The classifier; the caller disposes it.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static LinearClassifier Train(LinearClassifierKind kind, Tensor features, int[] labels, int classes, CancellationToken stop = default)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var mean = features.mean([0L]);
        var scale = Math.Sqrt((features - mean).square().sum(1).mean().item<float>());
        if (scale == 0)
            scale = 1;
        var rows = Scaled(features, mean, scale);
        // All solutions lie in the span of the training images: where these are fewer than the features, they are seen in a basis of it.
        var basis = rows.shape[0] < rows.shape[1] ? linalg.qr(rows.t(), linalg.QRMode.Reduced).Q : null;            // [D + 1, N]
        var seen = basis is null ? rows : rows.matmul(basis);
        var strength = Choose(kind, seen, labels, classes, stop);
        var weights = Fit(kind, seen, labels, classes, strength);
        return new(mean.DetachFromDisposeScope(), scale, (basis?.matmul(weights) ?? weights).DetachFromDisposeScope(), strength);
    }

    /// <summary>The class of each row.</summary>
    /// <param name="features">[N, D], float32; stays the caller's.</param>
    public int[] Predict(Tensor features)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return Predict(Scaled(features, mean, scale), weights);
    }

    /// <summary>Frees its tensors.</summary>
    public void Dispose()
    {
        mean.Dispose();
        weights.Dispose();
    }

    private static Tensor Scaled(Tensor features, Tensor mean, double scale) => cat([(features - mean) / scale, ones(features.shape[0], 1)], 1);

    private static int[] Predict(Tensor rows, Tensor weights) => Array.ConvertAll(rows.matmul(weights).argmax(1).data<long>().ToArray(), label => (int)label);

    private static Tensor Fit(LinearClassifierKind kind, Tensor rows, int[] labels, int classes, double strength) => kind == LinearClassifierKind.Svm
        ? LinearSvm.Train(rows, labels, classes, strength)
        : SoftmaxRegression.Train(rows, labels, classes, strength);

    private static double Choose(LinearClassifierKind kind, Tensor rows, int[] labels, int classes, CancellationToken stop)
    {
        var ofClass = labels.Index().GroupBy(pair => pair.Item, pair => pair.Index).Select(images => images.Take(Math.Max(FewestTried, MostImagesTried / classes)).ToArray()).ToArray();
        if (ofClass.Any(images => images.Length < FewestTried))
            return UsualStrength;
        var right = new int[Strengths.Count];
        for (var part = 0; part < Parts; part++)
        {
            using var scope = NewDisposeScope();
            var (learned, tested) = (Part(part, inside: false), Part(part, inside: true));
            var (trainRows, testRows) = (Select(rows, learned), Select(rows, tested));
            foreach (var (place, strength) in Strengths.Index())
            {
                stop.ThrowIfCancellationRequested();
                using var weights = Fit(kind, trainRows, [.. learned.Select(image => labels[image])], classes, strength);
                right[place] += Predict(testRows, weights).Zip(tested, (label, image) => label == labels[image]).Count(hit => hit);
            }
        }
        return Strengths[Array.IndexOf(right, right.Max())];

        int[] Part(int part, bool inside) => [.. ofClass.SelectMany(images => images.Where((_, place) => place % Parts == part == inside))];
    }

    private static Tensor Select(Tensor rows, int[] images)
    {
        using var index = tensor(Array.ConvertAll(images, image => (long)image));
        return rows.index_select(0, index);
    }
}
