using System.Text;
using Microsoft.AspNetCore.Http;
using ZfDecl.Analyses.Pinned;
using ZfDecl.Explore.Computing;
using ZfDecl.Explore.Exploring;
using ZfDecl.Explore.Problems;
using ZfDecl.Explore.Serving;
using ZfDecl.Findings;
using ZfDecl.Messages;

namespace ZfDecl.Explore.Endpoints;

/// <summary>What is kept of what was seen: the board in the folder of the run, and files of it for other programs.</summary>
internal sealed class BoardEndpoints(Explored explored, Worker worker, ExploreLimits limits)
{
    private const int MostExported = 100;

    private static readonly Dictionary<string, (string Type, Func<string, IReadOnlyList<PinnedView>, byte[]> Make)> Formats = new()
    {
        ["png"] = ("image/png", (title, views) => new PinnedSheet(title, views).ToPng()),
        ["svg"] = ("image/svg+xml", (title, views) => Encoding.UTF8.GetBytes(new PinnedSheet(title, views).ToSvg())),
        ["csv"] = ("text/csv; charset=utf-8", (_, views) => Encoding.UTF8.GetBytes(PinnedTable.Csv(views))),
        ["safetensors"] = ("application/octet-stream", (_, views) => PinnedTable.SafeTensors(views)),
    };

    private string Folder => Path.Combine(explored.Opened.Source.Folder, AnalysisKinds.Pinned.Folder);

    private string Title => $"{explored.Nets[0].Info.Name}  ·  {explored.Opened.Source.Weights}";

    /// <summary>Shows the board.</summary>
    public Task Show(HttpContext context, CancellationToken token) => Answers.Write(context, new { PinnedBoard.Read(Folder).Pins });

    /// <summary>Keeps the board, with a picture of each pin and a section of the report.</summary>
    public async Task Keep(HttpContext context, CancellationToken token)
    {
        var board = new PinnedBoard { Pins = Checked(await RequestBody.Read<BoardRequest>(context, limits with { BodyBytes = limits.BoardBytes }).ConfigureAwait(false)) };
        await worker.Run(() => Keep(board), token).ConfigureAwait(false);
        await Answers.Write(context, new { board.Pins }).ConfigureAwait(false);
    }

    /// <summary>Makes a file of pins.</summary>
    public async Task Export(HttpContext context, CancellationToken token)
    {
        var request = await RequestBody.Read<BoardRequest>(context, limits with { BodyBytes = limits.BoardBytes }).ConfigureAwait(false);
        var format = Formats.Keys.FirstOrDefault(name => name == request.Format) ?? throw RequestErrors.Unreadable($"there is no such format; there are {string.Join(", ", Formats.Keys)}");
        if (Checked(request) is not { Count: > 0 and <= MostExported } pins)
            throw RequestErrors.Unreadable($"give 1 … {MostExported} pins");
        var bytes = await worker.Run(() => Formats[format].Make(Title, [.. pins.Select(View)]), token).ConfigureAwait(false);
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{explored.Nets[0].Info.Name}-{(pins.Count == 1 ? "pin" : "board")}.{format}\"";
        await Answers.Write(context, bytes, Formats[format].Type).ConfigureAwait(false);
    }

    private static IReadOnlyList<Pin> Checked(BoardRequest request)
    {
        var pins = request.Pins ?? throw RequestErrors.Unreadable("a board has 'pins'");
        if (pins.Any(pin => pin is null or { Id: null } or { State: null }))
            throw RequestErrors.Unreadable("a pin has an 'id' and a 'state'");
        var board = new PinnedBoard { Pins = [.. pins.Select(pin => pin with { Note = pin.Note ?? "" })] };
        return board.Problems().FirstOrDefault() is { } problem ? throw RequestErrors.Unreadable(problem) : board.Pins;
    }

    private bool Keep(PinnedBoard board)
    {
        PinnedFiles.Write(Folder, board, Title, pin =>
        {
            try
            {
                return View(pin);
            }
            catch (ZfDeclException)
            {
                return null;        // a picture that is gone, or an address of another network
            }
        });
        return true;
    }

    private PinnedView View(Pin pin)
    {
        var (address, net) = (PinAddress.Parse(pin.State), explored.Nets[0]);
        var rules = RuleNames.Of(address.Rule, address.Unpool);
        var projection = new Projected(address.Subject, address.Layer, address.Map, address.At, address.Whole, address.Class).By(explored, [rules])[0];
        return new(pin, explored.NameIn(address.Subject), net.Info.Input, explored.Image(address.Subject).Pixels, projection, rules);
    }

    private sealed record BoardRequest(IReadOnlyList<Pin>? Pins, string? Format);
}
