using ZfDecl.Files;
using ZfDecl.Messages;

namespace ZfDecl.Analyses.Pinned;

/// <summary>All that was kept of a run, as it lies in its folder <c>explore/</c>: <c>board.json</c>.</summary>
public sealed record PinnedBoard : IRecord
{
    /// <summary>The most pins of a board.</summary>
    public const int MostPins = 200;

    /// <summary>The most letters of what a pin says of what is looked at, and of its note.</summary>
    public const int LongestText = 4000;

    private const string FileName = "board.json";

    /// <summary>The pins, in the order in which they were kept.</summary>
    public required IReadOnlyList<Pin> Pins { get; init; }

    /// <summary>Reads the board of a run.</summary>
    /// <param name="folder">The run's folder <c>explore</c>.</param>
    /// <returns>The board; an empty one where nothing was kept.</returns>
    /// <exception cref="ZfDeclException">ZF1804: the file is damaged; ZF1221: a newer version made it; ZF1202, ZF1220, ZF1222: it cannot be read.</exception>
    public static PinnedBoard Read(string folder) => Path.Combine(folder, FileName) is var path && File.Exists(path) ? RecordJson.Read<PinnedBoard>(path) : new() { Pins = [] };

    /// <summary>Writes the board.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="ZfDeclException">ZF1204: the file cannot be written.</exception>
    public void Write(string folder) => RecordJson.Write(Path.Combine(folder, FileName), this);

    /// <summary>What is wrong with the pins; empty where nothing is. A sentence without its dot each.</summary>
    public IEnumerable<string> Problems()
    {
        if (Pins.Count > MostPins)
            yield return $"'pins' has {Pins.Count} entries, more than {MostPins}";
        if (Pins.Any(pin => pin.Id.Length is 0 or > 64))
            yield return "an 'id' is empty or has more than 64 letters";
        if (Pins.DistinctBy(pin => pin.Id).Count() < Pins.Count)
            yield return "an 'id' is there twice";
        if (Pins.Any(pin => pin.State.Length > LongestText || pin.Note.Length > LongestText))
            yield return $"a 'state' or 'note' has more than {LongestText} letters";
    }

    static RecordKind IRecord.Kind { get; } = new("ZF1804", "this is no board of pins", "Bring it back from a copy, or delete it");
}
