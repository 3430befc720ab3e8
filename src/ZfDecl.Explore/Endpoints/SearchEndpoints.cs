using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;
using SkiaSharp;
using ZfDecl.Analyses.Visualize;
using ZfDecl.Explore.Computing;
using ZfDecl.Explore.Exploring;
using ZfDecl.Explore.Problems;
using ZfDecl.Explore.Searching;
using ZfDecl.Explore.Serving;
using ZfDecl.Imaging;
using ZfDecl.Networks;
using ZfDecl.Search;

namespace ZfDecl.Explore.Endpoints;

/// <summary>What takes many images: the strongest units of a map, and the classes that the maps of a layer answer to.</summary>
internal sealed class SearchEndpoints(Explored explored, Worker worker, ExploreLimits limits, CancellationToken stop)
{
    private readonly Searches<StrongestSearch> strongest = new(explored, (net, layer) => Begin(new StrongestSearch(explored, net, net.Layer(layer), worker), search => search.Run(stop)), search => search.Failure is not null);
    private readonly Searches<AffinitySearch> affinities = new(explored, (net, layer) => Begin(new AffinitySearch(explored, net, net.Layer(layer), worker), search => search.Run(stop)), search => search.Failure is not null);

    /// <summary>Shows the strongest units of a map, or how far the search for them is.</summary>
    public async Task Strongest(HttpContext context, CancellationToken token)
    {
        var query = context.Request.Query;
        var net = explored.Net(Number(query, "net") ?? 0);
        var layer = net.Layer(query["layer"]);
        var map = ExploredNet.MapOf(layer, Number(query, "map") ?? 0)!.Value;
        var search = strongest.Of(net, layer.Name);
        if (search.Failure is { } failure)
            throw failure;
        var (state, from) = (search.IsOver ? "ready" : "searching", search.IsOfVisualize ? "Visualize" : "search");
        if (!search.IsOver)
        {
            await Answers.Write(context, new { State = state, search.Done, search.Total, From = from }).ConfigureAwait(false);
            return;
        }
        var found = await search.Of(map, token).ConfigureAwait(false);
        var scale = ProjectionScale.Of([.. found.Units.Select(unit => unit.Projection)], FeatureSheet.ScaleQuantile);
        await Answers.Write(context, new { State = state, search.Done, search.Total, From = from, scale.Range, Units = found.Units.Select(unit => Shown(unit, net.Info.Input, scale)) }).ConfigureAwait(false);
    }

    /// <summary>Says which classes the maps of a layer answer to, or how far the search is.</summary>
    public async Task Affinity(HttpContext context, CancellationToken token)
    {
        var request = await RequestBody.Read<AffinityRequest>(context, limits).ConfigureAwait(false);
        var net = explored.Net(request.Net ?? 0);
        if (net.Classes.Count == 0)
            throw RequestErrors.NotHere($"'{net.Info.Name}' tells no classes apart");
        var search = affinities.Of(net, net.Layer(request.Layer).Name);
        if (search.Failure is { } failure)
            throw failure;
        var found = search.Found;
        await Answers.Write(context, new
        {
            State = found is null ? "searching" : "ready",
            search.Done,
            search.Total,
            Maps = found?.Best.Zip(found.Selectivity, (best, share) => new { Class = best, Share = share }),
            Classes = found is null ? (int?)null : net.Classes.Count,
            MeansF32 = found is null ? null : MemoryMarshal.AsBytes(found.Means.AsSpan()).ToArray(),
        }).ConfigureAwait(false);
    }

    private static object Shown(VisualizedUnit unit, FeatureShape input, ProjectionScale scale)
    {
        var shape = input with { Height = unit.Region.Height, Width = unit.Region.Width };
        return new
        {
            Image = Explored.NameOf(unit.Unit.Image),
            Name = unit.ImageName,
            unit.Class,
            unit.Unit.Value,
            unit.Unit.Y,
            unit.Unit.X,
            Window = new { Y = unit.Region.Top, X = unit.Region.Left, unit.Region.Height, unit.Region.Width },
            Thumb = Png(unit.Patch, shape),
            Projection = Png(Array.ConvertAll(unit.Projection, scale.Shade), shape),
        };
    }

    private static byte[] Png(byte[] pixels, FeatureShape shape)
    {
        using var image = PixelImage.Of(pixels, shape);
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private static T Begin<T>(T search, Func<T, Task> run)
    {
        _ = run(search);        // it keeps what goes wrong
        return search;
    }

    private static int? Number(IQueryCollection query, string name) => query[name] is [{ Length: > 0 } text]
        ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw RequestErrors.Unreadable($"'{name}' is no number")
        : null;

    private sealed record AffinityRequest(int? Net, string? Layer);
}
