using System.Security.Cryptography;
using System.Text;
using ZfDecl.Files;
using ZfDecl.Findings;
using ZfDecl.Messages;

namespace ZfDecl.Analyses.Pinned;

/// <summary>What is kept of a board in the folder of a run: <c>explore/board.json</c>, a picture of each pin, and its section of the report.</summary>
public static class PinnedFiles
{
    /// <summary>Writes all of them, as a unit.</summary>
    /// <param name="folder">The run's folder <c>explore</c>.</param>
    /// <param name="board">The board.</param>
    /// <param name="subject">The network and its weights.</param>
    /// <param name="show">What a pin shows; null where that cannot be shown any more. It is asked where there is no picture yet.</param>
    /// <exception cref="ZfDeclException">ZF1204: a file cannot be written; ZF1219: another process holds up its turn.</exception>
    public static void Write(string folder, PinnedBoard board, string subject, Func<Pin, PinnedView?> show) => ReplacedFolder.Write(folder, made =>
    {
        var figures = new List<ReportFigure>();
        foreach (var pin in board.Pins)
        {
            var name = NameOf(pin);
            var (before, title) = (Path.Combine(folder, name), Path.Combine(folder, Path.ChangeExtension(name, ".txt")));
            string? text = null;
            if (File.Exists(before) && File.Exists(title))
            {
                AtomicFile.Copy(before, Path.Combine(made, name), RegularFile.LargestPicture, folder);
                text = Encoding.UTF8.GetString(RegularFile.ReadBytes(title, RegularFile.LargestRecord));
            }
            else if (show(pin) is { } view)
            {
                AtomicFile.Write(Path.Combine(made, name), stream => stream.Write(view.ToPng()), durable: false);
                text = $"{view.Title}: {view.Details}";
            }
            if (text is null)
                continue;
            AtomicFile.WriteText(Path.Combine(made, Path.ChangeExtension(name, ".txt")), text, durable: false);
            figures.Add(new(name, $"The image and the projection of {text}", pin.Note.Length > 0 ? $"{pin.Note.Trim()} ({text})" : text));
        }
        board.Write(made);
        if (board.Pins.Count == 0)
            return;
        new ReportSection
        {
            Id = AnalysisKinds.Pinned.Folder,
            Title = AnalysisKinds.Pinned.Title,
            Order = AnalysisKinds.Pinned.Order,
            Subject = subject,
            Text = ["What somebody has kept while looking at the network live, with `explore`."],
            Warnings = figures.Count < board.Pins.Count ? [$"{board.Pins.Count - figures.Count} of {board.Pins.Count} pins are of pictures that are gone, and are not shown"] : [],
            Figures = [.. figures.DistinctBy(figure => figure.File)],
        }.Write(made);
    });

    /// <summary>What the picture of a pin is called: after what it shows, and by nothing that somebody has chosen.</summary>
    private static string NameOf(Pin pin) => $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(pin.State)))[..16]}.png";
}
