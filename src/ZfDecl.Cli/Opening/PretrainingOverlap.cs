using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ZfDecl.Cli.Configuration;
using ZfDecl.Data.Layouts;
using ZfDecl.Data.Sets;
using ZfDecl.Runs;
using ZfDecl.Studies.Transfer;

namespace ZfDecl.Cli.Opening;

/// <summary>Finds the images that a network was pretrained on among others.</summary>
/// <param name="context">The verb's.</param>
/// <param name="source">The run that was pretrained.</param>
/// <param name="folder">The folder that keeps what is found.</param>
internal sealed class PretrainingOverlap(RunContext context, TrainedRun source, string folder)
{
    private const int NamesShown = 10;

    /// <summary>Finds them, or reads what was found before, and says what they are.</summary>
    /// <param name="images">The images.</param>
    /// <param name="hash">The hash of their data.</param>
    /// <param name="threshold">The correlation from which on two images count as the same; above 1 for none.</param>
    public IReadOnlyList<Overlap> Find(ImageSet images, string hash, double threshold)
    {
        if (source.Run?.Record is not { } pretraining || threshold > 1)
            return [];
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"overlap 2 {hash} {pretraining.DataHash} {images.Shape} {threshold}"))));
        var found = Shared(() => OverlapFile.ReadOrMake(Path.Combine(folder, $"overlap-{key[..16]}.json"), () =>
        {
            using var known = Open(pretraining);
            return known is null ? null : OverlapSearch.Find(images, new ConcatImageSet(known), threshold, "images known from the pre-training", context.Log, stop: context.Stop);
        }));
        if (found is null)
            return [];
        if (found.Count > 0)
        {
            context.Log.Say($"{found.Count} of {images.Count} images are left out, because they correlate by {threshold.ToString(CultureInfo.InvariantCulture)} or more with an image of the pre-training: "
                + $"{string.Join(", ", found.Take(NamesShown).Select(overlap => overlap.Name))}{(found.Count > NamesShown ? " …" : "")}");
        }
        else
        {
            context.Log.Say(FormattableString.Invariant($"no image correlates by {threshold} or more with an image of the pre-training"));
        }
        return found;
    }

    // Rank 0 looks for all.
    private IReadOnlyList<Overlap>? Shared(Func<IReadOnlyList<Overlap>?> find) =>
        context.Group.IsAlone ? find() : JsonSerializer.Deserialize<Overlap[]?>(context.Group.Broadcast(context.Group.Rank > 0 ? [] : JsonSerializer.SerializeToUtf8Bytes(find()?.ToArray())));

    private ImageData? Open(RunRecord record)
    {
        var data = record.Setting("data") is { } named && !ImageFolder.BuiltIn.Contains(named) ? Path.GetFullPath(Path.Combine(context.Root, named)) : record.Setting("data");
        if (data is null || !ImageFolder.Exists(data))
        {
            var reason = record.Imported is null ? "are no longer there" : "are not known, as it was imported";
            context.Log.Warn("ZF1426", $"the images that '{record.Spec}' was pretrained on {reason}, so it is not known whether some of these are among them", data);
            return null;
        }
        var info = source.Entry.Info;
        var listRoot = record.Setting("root") is { } root ? Path.GetFullPath(Path.Combine(context.Root, root)) : null;
        var known = record.Select(ImageFolder.Open(data, new(info.Input, info.Recipe.Preprocess, record.Seed, context.Log) { Cache = 0, Holdout = record.Holdout, Fold = record.Fold, ListRoot = listRoot }));
        if (known.Hash != record.DataHash)
            context.Log.Warn("ZF1426", "these are no longer the images that the network was pretrained on; those that are there now are compared", data);
        return known;
    }
}
