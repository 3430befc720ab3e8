using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;
using ZfDecl.Explore.Computing;
using ZfDecl.Explore.Exploring;
using ZfDecl.Explore.Problems;
using ZfDecl.Explore.Serving;
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
        DeconvnetOptions[] rules = [.. (request.Rules ?? [""]).Distinct().Select(rule => RuleNames.Of(rule, request.Unpool))];
        if (rules.Length == 0)
            throw RequestErrors.Unreadable("no rule is named");
        var asked = new Projected(request.Subject, request.Layer, request.Map, request.At, request.Whole, request.Class);
        var projections = asked.By(explored, rules);
        var ((net, layer), first) = (asked.Chosen(explored), projections[0]);
        var input = net.Info.Input;
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
                Rule = rule.Relu.ToString().ToLowerInvariant(),
                input.Maps,
                window.Height,
                window.Width,
                ValuesF32 = MemoryMarshal.AsBytes(values.AsSpan()).ToArray(),
                AbsMax = values.Length == 0 ? 0 : values.Max(Math.Abs),
            }),
            Chain = request.Chain ? asked.Chain(explored, first, rules[0]).Select(links => links.Select(link => new { Layer = net.Layers[link.Layer].Name, link.Map, link.At.Y, link.At.X, link.Value, link.Share })) : null,
            Milliseconds = watch.Elapsed.TotalMilliseconds,
        };
    }

    private sealed record ProjectRequest(Subject? Subject, string? Layer, int? Map, int[]? At, bool Whole, int? Class, string[]? Rules, string? Unpool, bool Chain);
}
