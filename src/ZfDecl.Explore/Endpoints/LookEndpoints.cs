using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;
using ZfDecl.Analyses.Live;
using ZfDecl.Analyses.Occlude;
using ZfDecl.Explore.Computing;
using ZfDecl.Explore.Exploring;
using ZfDecl.Explore.Problems;
using ZfDecl.Explore.Serving;
using ZfDecl.Networks;

namespace ZfDecl.Explore.Endpoints;

/// <summary>The forward pass of an image: its classes, and the maps of a layer.</summary>
internal sealed class LookEndpoints(Explored explored, Worker worker, ExploreLimits limits)
{
    private const int MostClasses = 5, LargestTile = 256, UsualTile = 64, MostUnits = 9;

    /// <summary>Says what an image is taken for, and shows the maps of a layer.</summary>
    public async Task Look(HttpContext context, CancellationToken token)
    {
        var request = await RequestBody.Read<LookRequest>(context, limits).ConfigureAwait(false);
        await Answers.Write(context, await worker.Run(() => Look(request), token).ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <summary>Shows one map, large.</summary>
    public async Task Map(HttpContext context, CancellationToken token)
    {
        var request = await RequestBody.Read<MapRequest>(context, limits).ConfigureAwait(false);
        await Answers.Write(context, await worker.Run(() => Map(request), token).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private object Look(LookRequest request)
    {
        var watch = Stopwatch.StartNew();
        var net = explored.Net(request.Subject?.Net ?? 0);
        var layer = net.Layer(request.Layer);
        var map = ExploredNet.MapOf(layer, request.Map);
        if (request.Tiles == false && request.Subject?.OccluderIn(net.Info.Input) is { } square)
            return Covered(request.Subject, net, layer, map, square, watch);
        var image = explored.Image(request.Subject);
        var tiles = request.Tiles == false ? null : MapTiles.Of(image.Recording, layer.Index, Math.Clamp(request.Tile ?? UsualTile, 1, LargestTile));
        return new
        {
            Name = explored.NameIn(request.Subject!),
            Label = explored.IndexOf(request.Subject!.Image!) is { } index && explored.Images.Label(index) is >= 0 and var label ? label : (int?)null,
            Top = Top(net, image.Probabilities()),
            SeenU8 = Interleaved(image.Pixels, net.Info.Input),
            Activity = map is { } number ? MapTiles.Map(image.Recording, layer.Index, number).Sum() : (float?)null,
            Tiles = tiles is null ? null : new { tiles.Maps, tiles.Height, tiles.Width, DataU8 = tiles.Values },
            tiles?.Max,
            At = tiles?.At.Select(at => new[] { at.Y, at.X }),
            Scale = tiles is null ? null : new { Min = tiles.Least, Max = tiles.Most },
            Milliseconds = watch.Elapsed.TotalMilliseconds,
        };
    }

    /// <summary>Only what the square changes is computed.</summary>
    private object Covered(Subject subject, ExploredNet net, LayerInfo layer, int? map, PixelRegion square, Stopwatch watch)
    {
        var image = explored.Image(subject, isCovered: false);
        using var responses = image.Occluded.Run([square], Occlusion.Grey, layer.Index, map ?? 0);
        return new
        {
            Top = net.Classes.Count == 0 ? [] : Top(net, [.. responses.Probabilities.data<float>()]),
            Activity = map is null ? (float?)null : responses.Activity.data<float>()[0],
            Milliseconds = watch.Elapsed.TotalMilliseconds,
        };
    }

    private object Map(MapRequest request)
    {
        var net = explored.Net(request.Subject?.Net ?? 0);
        var layer = net.Layer(request.Layer);
        var map = ExploredNet.MapOf(layer, request.Map) ?? throw RequestErrors.Unreadable("which map? Give 'map' with its number");
        var values = MapTiles.Map(explored.Image(request.Subject).Recording, layer.Index, map);
        return new
        {
            layer.Output.Height,
            layer.Output.Width,
            ValuesF32 = MemoryMarshal.AsBytes(values.AsSpan()).ToArray(),
            Strongest = values.Index().OrderByDescending(unit => unit.Item).ThenBy(unit => unit.Index).Take(MostUnits)
                .Select(unit => new { Y = unit.Index / layer.Output.Width, X = unit.Index % layer.Output.Width, Value = unit.Item }),
        };
    }

    private static object[] Top(ExploredNet net, float[] probabilities) =>
        [.. probabilities.Index().OrderByDescending(one => one.Item).ThenBy(one => one.Index).Take(MostClasses).Select(one => new { Class = one.Index, Name = net.Classes[one.Index], Probability = one.Item })];

    /// <summary>[H, W, C] of [C, H, W], as pages have pixels.</summary>
    private static byte[] Interleaved(byte[] pixels, FeatureShape shape)
    {
        var (plane, turned) = (shape.Height * shape.Width, new byte[pixels.Length]);
        for (var channel = 0; channel < shape.Maps; channel++)
        {
            for (var i = 0; i < plane; i++)
                turned[(i * shape.Maps) + channel] = pixels[(channel * plane) + i];
        }
        return turned;
    }

    private sealed record LookRequest(Subject? Subject, string? Layer, int? Tile, bool? Tiles, int? Map);

    private sealed record MapRequest(Subject? Subject, string? Layer, int? Map);
}
