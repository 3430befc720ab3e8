using ZfDecl.Networks;

namespace ZfDecl.Analyses.Occlude;

/// <summary>What a network makes of one image while a square covers it, position by position (Zeiler &amp; Fergus 2014, Fig. 6).</summary>
public sealed record OcclusionMaps
{
    /// <summary>The positions; the lists below have an entry for each, row by row.</summary>
    public required OccluderGrid Grid { get; init; }

    /// <summary>The layer whose map is watched.</summary>
    public required LayerInfo Layer { get; init; }

    /// <summary>The map that is watched: the layer's strongest, by summed activity, in the image that nothing covers.</summary>
    public required int Map { get; init; }

    /// <summary>What stands for a class where the network has none: then nothing is known of probabilities.</summary>
    public const int NoClass = -1;

    /// <summary>Whether the network tells classes apart.</summary>
    public bool HasClasses => Class != NoClass;

    /// <summary>The class whose probability is watched; <see cref="NoClass"/> where the network has none.</summary>
    public required int Class { get; init; }

    /// <summary>The summed activity of the map.</summary>
    public required IReadOnlyList<float> Activity { get; init; }

    /// <summary>The probability of the class, 0 … 1; empty where the network has none.</summary>
    public required IReadOnlyList<float> Probability { get; init; }

    /// <summary>The probability of the class that the network takes the uncovered image for, <see cref="CleanPredicted"/>; null where that is the watched one.</summary>
    public IReadOnlyList<float>? PredictedProbability { get; init; }

    /// <summary>The same where nothing is covered.</summary>
    public float? CleanPredictedProbability { get; init; }

    /// <summary>The most probable class; empty where the network has none.</summary>
    public required IReadOnlyList<int> Predicted { get; init; }

    /// <summary>The summed activity where nothing is covered.</summary>
    public required float CleanActivity { get; init; }

    /// <summary>The probability of the class where nothing is covered.</summary>
    public required float CleanProbability { get; init; }

    /// <summary>The most probable class where nothing is covered.</summary>
    public required int CleanPredicted { get; init; }

    /// <summary>The probability of the class pixel by pixel: the mean over all squares that cover the pixel.</summary>
    /// <returns>[Height, Width] of the grid; NaN where no square covers the pixel, as between squares further apart than they are wide.</returns>
    public double[] ProbabilityByPixel()
    {
        var (sums, counts) = (new double[Grid.Height * Grid.Width], new int[Grid.Height * Grid.Width]);
        for (var position = 0; position < Grid.Count; position++)
        {
            var square = Grid.At(position);
            for (var y = square.Top; y < square.Top + square.Height; y++)
            {
                for (var x = square.Left; x < square.Left + square.Width; x++)
                {
                    sums[(y * Grid.Width) + x] += Probability[position];
                    counts[(y * Grid.Width) + x]++;
                }
            }
        }
        return [.. sums.Zip(counts, (sum, count) => sum / count)];
    }

    /// <summary>The position where the class is least probable, or, without classes, the map least active; the first of equal ones.</summary>
    public int Least => Enumerable.Range(0, Grid.Count).MinBy(position => HasClasses ? Probability[position] : Activity[position]);
}
