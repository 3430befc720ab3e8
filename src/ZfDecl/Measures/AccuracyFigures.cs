using System.Globalization;
using System.Text.Json.Serialization;
using ZfDecl.Messages;

namespace ZfDecl.Measures;

/// <summary>What an accuracy is worth: how sure it is, what a guess would reach, and what it hides of classes that have few images.</summary>
/// <param name="Images">How many images were classified; at least 1.</param>
/// <param name="Right">How many of them rightly.</param>
/// <param name="Interval">Between which shares the accuracy on all such images lies, with a confidence of 95 %.</param>
/// <param name="BalancedAccuracy">The mean over the classes of the share of their images that was predicted rightly; 0 … 1.</param>
/// <param name="Precision">The mean over the classes of the share of their predictions that is right; 0 … 1.</param>
/// <param name="F1">The mean over the classes of the harmonic mean of both; 0 … 1.</param>
/// <param name="MajorityClass">The name of the class that most of the images are of.</param>
/// <param name="MajorityShare">The share of images that is of it: what is right where it is always answered; 0 … 1.</param>
/// <param name="NeverPredicted">The names of the classes that have images, but that no image was taken for.</param>
public sealed record AccuracyFigures(
    int Images, int Right, WilsonInterval Interval, double BalancedAccuracy, double Precision, double F1, string MajorityClass, double MajorityShare, IReadOnlyList<string> NeverPredicted)
{
    private const int NamesShown = 10;

    /// <summary>The share of images predicted rightly; 0 … 1.</summary>
    [JsonIgnore]
    public double Accuracy => (double)Right / Images;

    /// <summary>The figures of a confusion matrix.</summary>
    public static AccuracyFigures Of(ConfusionMatrix matrix)
    {
        var (images, right, majority) = (matrix.Images, matrix.Right, matrix.MajorityClass);
        return new(
            images, right, WilsonInterval.Of(right, images), matrix.BalancedAccuracy, matrix.MeanPrecision, matrix.MeanF1,
            matrix.Classes[majority], (double)matrix.ImagesOf(majority) / images, [.. matrix.NeverPredicted.Select(index => matrix.Classes[index])]);
    }

    /// <summary>What should be said beside an accuracy, a sentence each, without their full stops.</summary>
    /// <param name="trainedOn">Whether the network was trained on some of the images: their accuracy says nothing of others then.</param>
    public IEnumerable<string> Sentences(bool trainedOn = false)
    {
        var guess = string.Create(CultureInfo.InvariantCulture, $"always answering '{MajorityClass}' would be right in {100 * MajorityShare:0.00} %");
        yield return trainedOn ? $"the network was trained on these images, or on some of them, so the accuracy says nothing of others; {guess}"
            : $"with {Quantity.Of(Images, "image")} the accuracy may as well be {Interval} (Wilson's 95 % interval); {guess}{(Interval.Low <= MajorityShare ? ", which it is not surely better than" : "")}";
        if (NeverPredicted.Count > 0)
        {
            yield return $"never predicted: {string.Join(", ", NeverPredicted.Take(NamesShown))}"
                + (NeverPredicted.Count > NamesShown ? $" and {NeverPredicted.Count - NamesShown} other classes" : "");
        }
    }
}
