using System.Globalization;
using ZfDecl.Cli.Configuration;
using ZfDecl.Data.Sets;
using ZfDecl.Files;
using ZfDecl.Runs;
using ZfDecl.Studies.Transfer;

namespace ZfDecl.Cli.Training;

/// <summary>Finds and names the validation images that are all but the same as a training image, or as one mirrored.</summary>
/// <param name="context">The verb's.</param>
internal sealed class NearDuplicates(RunContext context)
{
    private const int NamesShown = 5;

    // Comparing takes as many correlations as pairs, and all images are read once more: where they are many, a few duplicates among them change no figure.
    private const long MostPairs = 50_000_000;

    private readonly double threshold =
        // None of the 2,000 validation images that come with Fashion is as like a training image as usual; from 0.98 on, 44 would count.
        context.Settings.IsGiven(SettingTable.TrainingOverlap) ? context.Settings.Value(SettingTable.TrainingOverlap) : (double)SettingTable.TrainingOverlap.DefaultValue!;

    /// <summary>Warns (ZF1404) of those that there are, and lists them in <c>duplicates.csv</c>.</summary>
    /// <param name="data">The images.</param>
    /// <param name="place">Where they lie.</param>
    /// <param name="folder">The folder of the run.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public void Say(ImageData data, string place, string folder)
    {
        if (threshold > 1 || (long)data.Train.Count * data.Validation.Count > MostPairs)
            return;
        var found = OverlapSearch.Find(data.Validation, data.Train, threshold, "near-duplicates between training and validation", context.Log, mirrored: true, context.Stop);
        if (found.Count == 0)
            return;
        AtomicFile.WriteText(Path.Combine(folder, RunDirectory.DuplicatesName), CsvLine.Table(
            ["validation", "class", "training", "training_class", "correlation", "mirrored"],
            found.Select(one => (object[])[one.Name, data.Validation.ClassOf(one.Image), one.Known, data.Train.ClassOf(one.KnownImage), one.Correlation, one.IsMirrored ? "yes" : "no"])));
        var isAlike = found.ToLookup(one => data.Validation.ClassOf(one.Image) == data.Train.ClassOf(one.KnownImage));
        string?[] sentences =
        [
            Sentence("near-duplicates of training images, so the accuracy flatters", [.. isAlike[true]], data.Validation.Count),
            Sentence("near-duplicates of training images of another class, which no network can tell apart", [.. isAlike[false]], data.Validation.Count),
        ];
        context.Log.Warn("ZF1404", string.Join("; ", sentences.OfType<string>()) + (isAlike.Any(some => some.Count() > NamesShown) ? $"; all stand in {RunDirectory.DuplicatesName}" : ""), place);
    }

    private static string? Sentence(string what, Overlap[] found, int images) => found.Length == 0 ? null : string.Create(CultureInfo.InvariantCulture,
        $"{found.Length} of {images} validation images are {what}: {string.Join(", ", found.OrderByDescending(one => one.Correlation).Take(NamesShown).Select(Named))}{(found.Length > NamesShown ? " …" : "")}");

    private static string Named(Overlap one) => string.Create(CultureInfo.InvariantCulture, $"{one.Name} is like {one.Known}{(one.IsMirrored ? ", mirrored" : "")} ({one.Correlation:0.000})");
}
