namespace ZfDecl.Tests.Studies;

/// <summary>Small problems for linear classifiers, of each sort that a solver may stumble at; the last column is 1.</summary>
internal static class LinearProblems
{
    private static readonly string[] Names =
        ["more images than features", "more features than images", "duplicate images", "separable", "not separable", "constant columns", "a class with one image", "many classes", "unlike scales"];

    private static readonly double[] Strengths = [0.001, 0.01, 0.1, 1, 10, 100, 1000];

    /// <summary>Each problem with each C.</summary>
    public static TheoryData<string, double> All
    {
        get
        {
            var all = new TheoryData<string, double>();
            foreach (var name in Names)
            {
                foreach (var c in Strengths)
                    all.Add(name, c);
            }
            return all;
        }
    }

    /// <summary>The features, [N, D], the labels, and the number of classes.</summary>
    public static (float[,] X, int[] Labels, int Classes) Of(string name)
    {
        var (images, width, classes) = name switch
        {
            "more features than images" => (24, 80, 3),
            "many classes" => (180, 12, 60),
            _ => (200, 12, 4),
        };
        var (x, labels) = Blobs.Draw(images, width, classes, seed: 11);
        for (var i = 0; i < images; i++)
        {
            x[i, width - 1] = 1;
            labels[i] = name switch
            {
                "not separable" => i * 7919 % 101 % classes,
                "a class with one image" => i == 0 ? 0 : 1 + i % (classes - 1),
                _ => labels[i],
            };
            for (var d = 0; d < width - 1; d++)
            {
                x[i, d] = name switch
                {
                    "duplicate images" => x[i - i % 8 + i % classes, d],
                    "separable" => x[i, d] + (d == labels[i] ? 3 : 0),
                    "constant columns" => d % 3 == 0 ? 0.5f : x[i, d],
                    "unlike scales" => x[i, d] * MathF.Pow(10, -d / 3f),
                    _ => x[i, d],
                };
            }
        }
        return (x, labels, classes);
    }

    /// <summary>x·w for each image and column of w, as it is written: [N, classes].</summary>
    public static double[,] Scores(float[,] x, double[,] w)
    {
        var scores = new double[x.GetLength(0), w.GetLength(1)];
        for (var i = 0; i < scores.Length; i++)
        {
            for (var d = 0; d < w.GetLength(0); d++)
                scores[i / w.GetLength(1), i % w.GetLength(1)] += x[i / w.GetLength(1), d] * w[d, i % w.GetLength(1)];
        }
        return scores;
    }

    /// <summary>‖Σ αᵢ xᵢ‖² for each column of α, [N, classes].</summary>
    public static double[] SquaredLengths(float[,] x, double[,] alpha) => [.. Enumerable.Range(0, alpha.GetLength(1)).Select(label =>
        Enumerable.Range(0, x.GetLength(1)).Sum(d =>
        {
            var sum = Enumerable.Range(0, x.GetLength(0)).Sum(i => alpha[i, label] * x[i, d]);
            return sum * sum;
        }))];
}
