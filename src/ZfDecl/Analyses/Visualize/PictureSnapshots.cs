using ZfDecl.Files;
using ZfDecl.Imaging;
using ZfDecl.Messages;

namespace ZfDecl.Analyses.Visualize;

/// <summary>
/// The sheets of a run against approved ones: <c>&lt;layer&gt;.verified.png</c>, with <c>&lt;layer&gt;.received.png</c> and
/// <c>&lt;layer&gt;.difference.png</c> beside it where they differ.
/// </summary>
/// <param name="pictures">The run's <c>visualize</c> folder: one folder per layer, with its sheet.</param>
/// <param name="approved">The folder of the approved pictures; it need not exist.</param>
/// <param name="expected">The layers that the spec visualises: an approved picture of one of these is never obsolete.</param>
public sealed class PictureSnapshots(string pictures, string approved, IReadOnlyCollection<string> expected)
{
    private const string Verified = ".verified.png", Received = ".received.png", Difference = ".difference.png";

    /// <summary>Compares each sheet with the approved one and leaves the received pictures for the eye; those of equal ones are removed.</summary>
    /// <param name="made">The layers whose sheets were just made; those of an earlier time are left out. Every sheet there is where null.</param>
    /// <param name="tolerance">What is accepted; the default where null.</param>
    /// <returns>A finding a layer, in order of name; nothing but <see cref="SnapshotOutcome.Same"/> where all is well.</returns>
    /// <exception cref="ZfDeclException">ZF1501: the run has no pictures.</exception>
    public IReadOnlyList<SnapshotFinding> Compare(IReadOnlyCollection<string>? made = null, PictureTolerance? tolerance = null)
    {
        var looked = made is null ? Layers(pictures) : [.. made];
        if (looked.Count == 0)
            throw new ZfDeclException("ZF1501", "this run has no pictures to compare: make them with `visualize`", pictures);
        foreach (var stale in Names(Received).Concat(Names(Difference)).Except(looked, StringComparer.Ordinal).ToArray())
            RemoveReceived(stale);
        return [.. looked.Union(Obsolete(looked), StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(layer => Compare(layer, looked.Contains(layer), tolerance))];
    }

    /// <summary>Approves what the last comparison left: each received picture becomes the approved one, and approved pictures of layers that the spec no longer visualises are removed.</summary>
    /// <returns>What was approved, <see cref="SnapshotOutcome.Different"/> or <see cref="SnapshotOutcome.New"/>, and what was removed, in order of name; nothing where there was nothing to approve.</returns>
    /// <exception cref="ZfDeclException">ZF1501: the run has no pictures, so that it cannot be told which are obsolete.</exception>
    public IReadOnlyList<SnapshotFinding> Approve()
    {
        var made = Layers(pictures);
        if (made.Count == 0)
            throw new ZfDeclException("ZF1501", "this run has no pictures to approve: make them with `visualize`, compare them with `snapshot-test`", pictures);
        var findings = new List<SnapshotFinding>();
        foreach (var layer in Names(Received).Intersect(made, StringComparer.Ordinal).ToArray())
        {
            var replaced = File.Exists(PathOf(layer, Verified));
            AtomicFile.Move(PathOf(layer, Received), PathOf(layer, Verified));
            AtomicFile.Delete(PathOf(layer, Difference));
            findings.Add(new(layer, replaced ? SnapshotOutcome.Different : SnapshotOutcome.New, replaced ? "replaces the approved picture" : "approved for the first time", PathOf(layer, Verified)));
        }
        foreach (var layer in Obsolete(made).ToArray())
        {
            AtomicFile.Delete(PathOf(layer, Verified));
            RemoveReceived(layer);
            findings.Add(new(layer, SnapshotOutcome.Obsolete, "removed: the spec does not visualise this layer", PathOf(layer, Verified)));
        }
        return [.. findings.OrderBy(finding => finding.Layer, StringComparer.Ordinal)];
    }

    private SnapshotFinding Compare(string layer, bool isMade, PictureTolerance? tolerance)
    {
        if (!isMade)
            return new(layer, SnapshotOutcome.Obsolete, "there is an approved picture, but the spec does not visualise this layer", PathOf(layer, Verified));
        var received = RegularFile.ReadBytes(SheetOf(pictures, layer), RegularFile.LargestPicture);
        if (!File.Exists(PathOf(layer, Verified)))
        {
            AtomicFile.Write(PathOf(layer, Received), stream => stream.Write(received));
            AtomicFile.Delete(PathOf(layer, Difference));
            return new(layer, SnapshotOutcome.New, "there is no approved picture yet", PathOf(layer, Received));
        }

        var verified = RegularFile.ReadBytes(PathOf(layer, Verified), RegularFile.LargestPicture);
        var difference = PictureComparison.Compare(verified, received, tolerance);
        RemoveReceived(layer);
        if (difference.IsAccepted)
            return new(layer, SnapshotOutcome.Same, difference.Finding, PathOf(layer, Verified));
        AtomicFile.Write(PathOf(layer, Received), stream => stream.Write(received));
        if (PictureComparison.Render(verified, received, tolerance) is { } picture)
            AtomicFile.Write(PathOf(layer, Difference), stream => stream.Write(picture));
        return new(layer, SnapshotOutcome.Different, difference.Finding, PathOf(layer, Received));
    }

    private IEnumerable<string> Obsolete(IEnumerable<string> shown) => Names(Verified).Except(expected, StringComparer.Ordinal).Except(shown, StringComparer.Ordinal);

    private void RemoveReceived(string layer)
    {
        AtomicFile.Delete(PathOf(layer, Received));
        AtomicFile.Delete(PathOf(layer, Difference));
    }

    private IEnumerable<string> Names(string ending) => !Directory.Exists(approved)
        ? []
        : Directory.EnumerateFiles(approved, "*" + ending).Select(path => Path.GetFileName(path)[..^ending.Length]);

    private string PathOf(string layer, string ending) => Path.Combine(approved, layer + ending);

    private static HashSet<string> Layers(string pictures) => !Directory.Exists(pictures)
        ? []
        : [.. Directory.EnumerateDirectories(pictures).Select(Path.GetFileName).OfType<string>().Where(layer => File.Exists(SheetOf(pictures, layer)))];

    private static string SheetOf(string pictures, string layer) => Path.Combine(pictures, layer, LayerPictures.SheetFile);
}
