using System.Globalization;
using ZfDecl.Cli.Configuration;
using ZfDecl.Data.Sets;
using ZfDecl.Files;
using ZfDecl.Runs;
using ZfDecl.Studies.Transfer;

namespace ZfDecl.Cli.Training;

/// <summary>Finds and names the validation images that are all but the same as a training image.</summary>
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
        var found = OverlapSearch.Find(data.Validation, data.Train, threshold, "near-duplicates between training and validation", context.Log, context.Stop);
        if (found.Count == 0)
            return;
        AtomicFile.WriteText(Path.Combine(folder, RunDirectory.DuplicatesName), string.Concat(found.Select(one => CsvLine.Of(one.Name, one.Known, one.Correlation)).Prepend(CsvLine.Of("validation", "training", "correlation"))));
        var named = found.OrderByDescending(one => one.Correlation).Take(NamesShown).Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Name} is like {one.Known} ({one.Correlation:0.000})"));
        context.Log.Warn("ZF1404", string.Create(CultureInfo.InvariantCulture,
            $"{found.Count} of {data.Validation.Count} validation images are near-duplicates of training images, so the accuracy flatters: {string.Join(", ", named)}{(found.Count > NamesShown ? $" …; all stand in {RunDirectory.DuplicatesName}" : "")}"), place);
    }
}
