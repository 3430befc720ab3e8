using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ZfDecl.Analyses.Live;
using ZfDecl.Analyses.Occlude;
using ZfDecl.Explore.Computing;
using ZfDecl.Explore.Exploring;
using ZfDecl.Explore.Problems;
using ZfDecl.Explore.Serving;

namespace ZfDecl.Explore.Endpoints;

/// <summary>Moves a square over the image, and tells of each row of its positions as soon as it is there.</summary>
internal sealed class OccludeEndpoint(Explored explored, Worker worker, ExploreLimits limits)
{
    private const int MostPositions = 10_000;

    /// <summary>Writes a line of JSON for what is covered, then one for each row.</summary>
    public async Task Occlude(HttpContext context, CancellationToken token)
    {
        var request = await RequestBody.Read<OccludeRequest>(context, limits).ConfigureAwait(false);
        var net = explored.Net(request.Subject?.Net ?? 0);
        var (layer, usual) = (net.Layer(request.Layer), OccluderGrid.UsualFor(net.Info.Input));
        var grid = new OccluderGrid(net.Info.Input, request.Size ?? usual.Size, request.Stride ?? usual.Stride);
        if (grid.Count > MostPositions)
            throw RequestErrors.Unreadable($"the square would have {grid.Count:N0} positions; at most {MostPositions:N0} are allowed: take a longer stride");
        if (request.Class is { } asked && (asked < 0 || asked >= net.Classes.Count))
            throw RequestErrors.NoUnit($"there is no class {asked}; there are {net.Classes.Count}");
        var (map, watched, first) = await worker.Run(() => Clean(request), token).ConfigureAwait(false);
        context.Response.ContentType = "application/x-ndjson";
        await Line(context, first, token).ConfigureAwait(false);
        for (var row = 0; row < grid.Rows; row++)
        {
            var at = row;
            await Line(context, await worker.Run(() => Row(at), token, inBackground: true).ConfigureAwait(false), token).ConfigureAwait(false);
        }

        (int Map, int Class, object Line) Clean(OccludeRequest request)
        {
            var image = explored.Image(request.Subject, isCovered: false);
            var chosen = ExploredNet.MapOf(layer, request.Map) ?? StrongestMap(image, layer.Index);
            var probabilities = image.Probabilities();
            var predicted = probabilities.Length == 0 ? -1 : Array.IndexOf(probabilities, probabilities.Max());
            var watched = request.Class ?? predicted;
            return (chosen, watched, new
            {
                grid.Rows,
                grid.Columns,
                grid.Size,
                grid.Stride,
                grid.Top,
                grid.Left,
                Map = chosen,
                Class = watched < 0 ? (int?)null : watched,
                Baseline = new { Activity = MapTiles.Map(image.Recording, layer.Index, chosen).Sum(), Probability = watched < 0 ? (float?)null : probabilities[watched], Predicted = predicted < 0 ? (int?)null : predicted },
            });
        }

        object Row(int row)
        {
            using var responses = explored.Image(request.Subject, isCovered: false).Occluded.Run([.. Enumerable.Range(row * grid.Columns, grid.Columns).Select(grid.At)], Occlusion.Grey, layer.Index, map, token);
            var rows = net.Classes.Count == 0 ? [] : responses.Probabilities.data<float>().ToArray().Chunk(net.Classes.Count).ToArray();
            return new { Row = row, Probability = rows.Select(one => one[watched]), Activity = responses.Activity.data<float>().ToArray(), Predicted = rows.Select(one => Array.IndexOf(one, one.Max())) };
        }
    }

    private static int StrongestMap(LiveImage image, int layer)
    {
        var sums = Enumerable.Range(0, (int)image.Recording.FeatureMaps(layer).shape[1]).Select(map => MapTiles.Map(image.Recording, layer, map).Sum()).ToArray();
        return Array.IndexOf(sums, sums.Max());
    }

    private static async Task Line(HttpContext context, object value, CancellationToken token)
    {
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(value, Answers.Json), token).ConfigureAwait(false);
        await context.Response.Body.WriteAsync("\n"u8.ToArray(), token).ConfigureAwait(false);
        await context.Response.Body.FlushAsync(token).ConfigureAwait(false);
    }

    private sealed record OccludeRequest(Subject? Subject, string? Layer, int? Map, int? Class, int? Size, int? Stride);
}
