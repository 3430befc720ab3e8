using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;
using ZfDecl.Analyses.Project;
using ZfDecl.Explore.Computing;
using ZfDecl.Explore.Exploring;
using ZfDecl.Explore.Serving;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Search;

namespace ZfDecl.Explore.Endpoints;

/// <summary>Takes a unit, or a whole layer, down to pixels.</summary>
internal sealed class ProjectEndpoint(Explored explored, Worker worker, ExploreLimits limits)
{
    /// <summary>Projects what is asked for, under each of the rules that are.</summary>
    public async Task Project(HttpContext context, CancellationToken token)
    {
        var request = await RequestBody.Read<ProjectRequest>(context, limits).ConfigureAwait(false);
        await Answers.Write(context, await worker.Run(() => Project(request), token).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private object Project(ProjectRequest request)
    {
        var watch = Stopwatch.StartNew();
        var net = explored.Net(request.Subject?.Net ?? 0);
        var layer = net.Layer(request.Layer ?? (request.Class is null ? null : net.Info.Scores.Name));
        var unpool = Rule<UnpoolRule>(request.Unpool ?? nameof(UnpoolRule.Sum));
        ReluRule[] rules = [.. (request.Rules ?? [nameof(ReluRule.Deconv)]).Distinct().Select(Rule<ReluRule>)];
        UnitPosition? at = request.At switch { null => null, [var y, var x] => new(y, x), _ => throw new ZfDeclException("ZF1810", "'at' has two numbers: row and column") };
        var image = explored.Image(request.Subject);
        var weights = net.After(request.Subject!.Epoch);
        ImageProjection[] projections = [.. rules.Select(rule => weights.UpsideDown(new() { Relu = rule, Unpool = unpool })).Select(down => request.Whole
            ? ImageProjection.OfLayer(down.Whole, image.Recording, layer)
            : ImageProjection.OfUnit(down.Whole, image.Recording, layer, request.Class ?? request.Map, at, down.Windowed))];
        if (projections.Length == 0)
            throw new ZfDeclException("ZF1810", $"no rule is named; there are {Names<ReluRule>()}");
        var (first, input) = (projections[0], net.Info.Input);
        var window = first.Unit is { } unit ? new UnitWindow(layer.ReceptiveField, input).At(unit.At.Y, unit.At.X).ClipTo(input.Height, input.Width) : new(0, 0, input.Height, input.Width);
        var cut = projections.Select(projection => new UnitWindow(new(window.Height, window.Width, 1, 1, 0, 0), input).Cut<float>(projection.Shown(input), window)).ToArray();
        return new
        {
            Layer = layer.Name,
            first.Value,
            Map = first.Unit?.Map,
            At = first.Unit is { At: var place } ? new[] { place.Y, place.X } : null,
            Window = new { Y = window.Top, X = window.Left, window.Height, window.Width },
            Pictures = rules.Zip(cut, (rule, values) => new
            {
                Rule = rule.ToString().ToLowerInvariant(),
                input.Maps,
                window.Height,
                window.Width,
                ValuesF32 = MemoryMarshal.AsBytes(values.AsSpan()).ToArray(),
                AbsMax = values.Length == 0 ? 0 : values.Max(Math.Abs),
            }),
            Milliseconds = watch.Elapsed.TotalMilliseconds,
        };
    }

    private static T Rule<T>(string name) where T : struct, Enum => Enum.GetNames<T>().Contains(name, StringComparer.OrdinalIgnoreCase) ? Enum.Parse<T>(name, ignoreCase: true)
        : throw new ZfDeclException("ZF1810", $"there is no such rule; there are {Names<T>()}");

    private static string Names<T>() where T : struct, Enum => string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant();

    private sealed record ProjectRequest(Subject? Subject, string? Layer, int? Map, int[]? At, bool Whole, int? Class, string[]? Rules, string? Unpool, bool Chain);
}
