namespace ZfDecl.Analyses.Evaluate;

/// <summary>What was predicted for one image.</summary>
/// <param name="Image">Its index in its set.</param>
/// <param name="Name">What a person would call it.</param>
/// <param name="Class">Its class, an index into the network's classes.</param>
/// <param name="Probability">The probability that was given to that class.</param>
/// <param name="Strongest">The five most probable classes, or all where there are fewer, the most probable first; of equal ones the lower first.</param>
public sealed record Prediction(int Image, string Name, int Class, double Probability, IReadOnlyList<ClassProbability> Strongest)
{
    /// <summary>How many classes count as the most probable.</summary>
    public const int Top = 5;

    /// <summary>The class that was predicted: the most probable one.</summary>
    public int Predicted => Strongest[0].Class;

    /// <summary>Whether that is its class.</summary>
    public bool IsRight => Predicted == Class;

    /// <summary>Whether its class is among the five most probable.</summary>
    public bool IsInTop5 => Strongest.Any(one => one.Class == Class);

    /// <summary>The cross-entropy, −ln of <see cref="Probability"/>, in nats.</summary>
    public double Loss => -Math.Log(Math.Max(Probability, double.Epsilon));

    /// <summary>Ranks the probabilities of an image.</summary>
    /// <param name="image">Its index in its set.</param>
    /// <param name="name">What a person would call it.</param>
    /// <param name="label">Its class.</param>
    /// <param name="probabilities">[classes].</param>
    public static Prediction Of(int image, string name, int label, ReadOnlySpan<double> probabilities)
    {
        var strongest = new List<ClassProbability>(Top + 1);
        for (var i = 0; i < probabilities.Length; i++)
        {
            var rank = strongest.Count;
            while (rank > 0 && probabilities[i] > strongest[rank - 1].Probability)
                rank--;
            if (rank == Top)
                continue;
            strongest.Insert(rank, new(i, probabilities[i]));
            if (strongest.Count > Top)
                strongest.RemoveAt(Top);
        }
        return new(image, name, label, probabilities[label], [.. strongest]);
    }
}

/// <summary>A class and its probability.</summary>
/// <param name="Class">The class, an index into the network's classes.</param>
/// <param name="Probability">0 … 1.</param>
public readonly record struct ClassProbability(int Class, double Probability);
