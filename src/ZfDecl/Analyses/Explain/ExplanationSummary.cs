using System.Globalization;
using ZfDecl.Analyses.Attribution;
using ZfDecl.Findings;

namespace ZfDecl.Analyses.Explain;

/// <summary>What was found, in plain sentences: each is said only where the numbers say it.</summary>
/// <param name="found">What was found.</param>
public sealed class ExplanationSummary(Explanation found)
{
    /// <summary>From this change of a probability on, a part of the image counts.</summary>
    public const double Telling = 0.1;

    /// <summary>From this change on, a feature map counts.</summary>
    public const double TellingMap = 0.05;

    /// <summary>From this share of its activity on, a part of the image counts for a map.</summary>
    public const double TellingActivity = 0.25;

    /// <summary>From this rank correlation on, two rules name much the same pixels; below <see cref="Unlike"/> they name others.</summary>
    public const double Alike = 0.5, Unlike = 0.2;

    /// <summary>The sentences, the most important first.</summary>
    public IReadOnlyList<string> Sentences() => [.. found.HasClass ? OfClass() : OfMap()];

    private IEnumerable<string> OfClass()
    {
        var (first, second) = (found.Prediction.Strongest[0], found.Prediction.Strongest[1]);
        yield return $"The network takes {found.Prediction.Name} for {found.Classes[first.Index]}, with a probability of {Percent(first.Value)}.";
        if (first.Value < 0.5)
            yield return $"That is less than half: it is not sure, and the next is {found.Classes[second.Index]} with {Percent(second.Value)}.";
        else if (second.Value >= Telling)
            yield return $"The next is {found.Classes[second.Index]} with {Percent(second.Value)}.";
        if (found.Classes.Contains(found.Prediction.Class))         // else the run and the data name classes by different names
            yield return found.Prediction.Class == found.Classes[first.Index] ? "The data say so too." : $"The data say that it is of class {found.Prediction.Class}.";
        if (found.Occlusion.Class != first.Index)
            yield return $"What follows is about {found.ClassName}, which was asked for: its probability is {Percent(found.Probability)}.";
        if (found.SimilarAreTraining && found.Similar?.Most.FirstOrDefault(image => image.IsSame) is { } same)
            yield return $"The picture is itself one of the {found.SimilarOf} ({same.Name}), so that the network is sure of it says little about new pictures.";
        yield return Part();
        if (Map() is { } ofMap)
            yield return ofMap;
        if (Resemblance() is { } resembling)
            yield return resembling;
        foreach (var sentence in Agreement())
            yield return sentence;
    }

    private IEnumerable<string> OfMap()
    {
        var (maps, least) = (found.Occlusion, found.Occlusion.Grid.At(found.Occlusion.Least));
        yield return found.Network.Classes == 0 ? $"'{found.Network.Name}' tells no classes apart: explained is {found.MapName}." : $"Explained is {found.MapName}.";
        if (found.Maps.FirstOrDefault(one => one.Map == maps.Map) is not { Value: > 0 } map)
        {
            yield return $"Nothing in {found.Prediction.Name} excites it.";
            yield break;
        }
        yield return string.Create(CultureInfo.InvariantCulture, $"Its strongest activation in {found.Prediction.Name} is {Figures.Significant(map.Value)}{(maps.Layer.Output.Height * maps.Layer.Output.Width > 1 ? $", at row {map.At.Y}, column {map.At.X}" : "")}.");
        var lowest = maps.Activity.Min();
        yield return maps.CleanActivity - lowest >= TellingActivity * maps.CleanActivity
            ? $"It looks at what lies {PlaceWords.Of(least, maps.Grid.Height, maps.Grid.Width)}: with {Square(least)} its summed activity falls from {Figures.Significant(maps.CleanActivity)} to {Figures.Significant(lowest)}."
            : $"It hangs on no single part: wherever a grey square of {maps.Grid.Size}×{maps.Grid.Size} pixels lies, its summed activity stays at {Figures.Significant(lowest)} or above, where it is {Figures.Significant(maps.CleanActivity)} with nothing covered.";
        if (found.Similar is { Most: [var nearest, ..] })
            yield return string.Create(CultureInfo.InvariantCulture, $"Of {found.Similar.Compared:N0} {found.SimilarOf} the most alike in features is {nearest.Name}{(nearest.Class.Length > 0 ? $" ({nearest.Class})" : "")}, with a cosine of {nearest.Cosine:0.00}; half of them have {found.Similar.Median:0.00} or more.");
    }

    /// <summary>Whether one part of the image decides.</summary>
    private string Part()
    {
        var maps = found.Occlusion;
        var (least, lowest) = (maps.Grid.At(maps.Least), maps.Probability[maps.Least]);
        if (found.Probability - lowest < Telling)
            return $"No single part decides: wherever a grey square of {maps.Grid.Size}×{maps.Grid.Size} pixels lies, the probability of {found.ClassName} stays at {Percent(lowest)} or above.";
        var taken = maps.Predicted[maps.Least];
        return $"It needs what lies {PlaceWords.Of(least, maps.Grid.Height, maps.Grid.Width)}: with {Square(least)} the probability of {found.ClassName} falls from {Percent(found.Probability)} to {Percent(lowest)}"
            + $"{(taken != maps.CleanPredicted ? $", and the picture is taken for {found.Classes[taken]}" : "")}.";
    }

    /// <summary>Whether one feature map decides; null where no map is active.</summary>
    private string? Map()
    {
        if (found.Maps.Count == 0)
            return null;
        var (counts, against) = (found.Maps.MinBy(map => map.Without)!, found.Maps.MaxBy(map => map.Without)!);
        var many = found.Maps.Count == 1 ? "the one active map" : $"the {found.Maps.Count} strongest maps";
        if (found.Probability - counts.Without >= TellingMap)
            return $"Of {many} of {found.Occlusion.Layer.Name}, map {counts.Map} counts most: without it the probability is {Percent(counts.Without!.Value)}.";
        if (against.Without - found.Probability >= TellingMap)
            return $"Of {many} of {found.Occlusion.Layer.Name}, map {against.Map} speaks against it: without it the probability is {Percent(against.Without!.Value)}.";
        return $"It hangs on no single feature map: without any one of {many} of {found.Occlusion.Layer.Name} the probability stays between {Percent(counts.Without!.Value)} and {Percent(against.Without!.Value)}.";
    }

    /// <summary>Which class the images most alike are of; null where there are none whose class is known.</summary>
    private string? Resemblance()
    {
        SimilarImage[] others = [.. (found.Similar?.Most ?? []).Where(image => !image.IsSame && found.Classes.Contains(image.Class))];
        if (others.Length == 0)
            return null;
        var own = others.Count(image => image.Class == found.ClassName);
        var (most, count) = others.CountBy(image => image.Class).MaxBy(ofClass => ofClass.Value);
        var many = $"the {others.Length} {found.SimilarOf} that are most alike in features";
        return 2 * own > others.Length ? $"{(own == others.Length ? "All" : $"{own}")} of {many} are of class {found.ClassName}."
            : 2 * count > others.Length ? $"{(own == 0 ? "None" : $"{own}")} of {many} {(own == 1 ? "is" : "are")} of class {found.ClassName}; {count} are of class {most}."
            : $"Of {many} no class has more than half: the features lie between classes.";
    }

    /// <summary>Whether the rules name the same pixels, and pixels that the network needs. Where covering changes little, an order of pixels means nothing.</summary>
    private IEnumerable<string> Agreement()
    {
        PixelEvidence[] others = [.. found.Rules.Where(rule => rule.Rule != AttributionRule.Occlusion)];
        if (others.Length == 0 || found.Probability - found.Occlusion.Probability.Min() < Telling)
            yield break;
        if (others.All(rule => rule.ToOcclusion >= Alike))
            yield return $"{List([.. found.Rules.Select(rule => AttributionResult.Name(rule.Rule))], capital: true)} name much the same pixels.";
        else if (others.All(rule => rule.ToOcclusion < Unlike))
            yield return $"{List([.. others.Select(rule => AttributionResult.Name(rule.Rule))], capital: true)} name{(others.Length == 1 ? "s" : "")} other pixels than occlusion does: which ones count depends on how one asks.";
        string[] needed = [.. found.Rules.Where(rule => rule.Deletion < found.RandomDeletion).Select(rule => AttributionResult.Name(rule.Rule))];
        yield return needed.Length == 0
            ? "No rule names pixels whose loss takes the class away sooner than the loss of pixels drawn at random: none of the pictures of pixels below shows what the network needs."
            : $"When pixels become grey, those named by {List(needed)} first, the class is gone sooner than with pixels in a random order{(needed.Length < found.Rules.Count ? "; the other rules name pixels that count for less" : "")}.";
    }

    private static string Square(Networks.PixelRegion covered) => FormattableString.Invariant(
        $"a grey square over rows {covered.Top}–{covered.Top + covered.Height - 1} and columns {covered.Left}–{covered.Left + covered.Width - 1}");

    /// <summary>Words as a sentence has them: a, b and c.</summary>
    private static string List(string[] words, bool capital = false)
    {
        var list = words.Length == 1 ? words[0] : $"{string.Join(", ", words[..^1])} and {words[^1]}";
        return capital ? char.ToUpperInvariant(list[0]) + list[1..] : list;
    }

    private static string Percent(double share) => Figures.Percent(share);
}
