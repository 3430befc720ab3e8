using Microsoft.AspNetCore.Http;
using ZfDecl.Explore.Computing;
using ZfDecl.Explore.Exploring;
using ZfDecl.Explore.Problems;
using ZfDecl.Explore.Serving;
using ZfDecl.Messages;

namespace ZfDecl.Explore.Endpoints;

/// <summary>Hands a request to its endpoint, and says what went wrong.</summary>
internal sealed class ExploreApi
{
    private const string LaneHeader = "X-Zf-Lane", Files = "/app/", Thumbnails = "/api/thumbnail/";

    private readonly Dictionary<(string Method, string Path), Endpoint> endpoints;
    private readonly PageFiles page = new();
    private readonly ImageEndpoints images;
    private readonly Lanes lanes = new();
    private readonly IRunLog log;
    private readonly Func<string, string> spell;

    /// <param name="explored">What is looked at.</param>
    /// <param name="worker">Computes.</param>
    /// <param name="limits">How much a browser may ask for.</param>
    /// <param name="log">Hears of what should not happen.</param>
    /// <param name="spell">How parameters in messages are typed.</param>
    /// <param name="others">Runs to compare with.</param>
    /// <param name="stop">Says that the program ends.</param>
    public ExploreApi(Explored explored, Worker worker, ExploreLimits limits, OtherRuns others, IRunLog log, Func<string, string> spell, CancellationToken stop)
    {
        (this.log, this.spell) = (log, spell);
        images = new(explored, worker, limits);
        var look = new LookEndpoints(explored, worker, limits);
        var search = new SearchEndpoints(explored, worker, limits, stop);
        var board = new BoardEndpoints(explored, worker, limits);
        endpoints = new()
        {
            [("GET", "/")] = (context, _) => page.WriteIndex(context),
            [("GET", "/api/network")] = new NetworkEndpoint(explored, images, others, limits).Describe,
            [("GET", "/api/images")] = images.List,
            [("GET", "/api/images/random")] = images.Draw,
            [("POST", "/api/upload")] = images.Take,
            [("POST", "/api/look")] = look.Look,
            [("POST", "/api/map")] = look.Map,
            [("POST", "/api/project")] = new ProjectEndpoint(explored, worker, limits).Project,
            [("POST", "/api/compare")] = new CompareEndpoint(explored, others, worker, limits).Compare,
            [("GET", "/api/strongest")] = search.Strongest,
            [("POST", "/api/affinity")] = search.Affinity,
            [("POST", "/api/occlude")] = new OccludeEndpoint(explored, worker, limits).Occlude,
            [("GET", "/api/board")] = board.Show,
            [("PUT", "/api/board")] = board.Keep,
            [("POST", "/api/export")] = board.Export,
        };
    }

    /// <summary>Answers a request that was let in.</summary>
    private delegate Task Endpoint(HttpContext context, CancellationToken token);

    /// <summary>Handles a request.</summary>
    public async Task Handle(HttpContext context)
    {
        var lane = context.Request.Headers[LaneHeader];
        if (lane is [_, _, ..] or [{ Length: > Lanes.LongestName }])
        {
            await Answers.Refuse(context, RequestErrors.Unreadable($"a lane's name has at most {Lanes.LongestName} letters")).ConfigureAwait(false);
            return;
        }
        using var turn = lanes.Enter(lane is [{ Length: > 0 } name] ? name : null, context.RequestAborted);
        try
        {
            await Find(context)(context, turn.Token).ConfigureAwait(false);
        }
        catch (Exception) when (context.Response.HasStarted)
        {
            context.Abort();
        }
        catch (OperationCanceledException) when (turn.IsOvertaken)
        {
            await Answers.SayOvertaken(context).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException)
        {
            context.Abort();        // who has asked is gone, or the program ends
        }
        catch (ZfDeclException error)
        {
            await Answers.Refuse(context, Spelled(error)).ConfigureAwait(false);
        }
        catch (Exception cause) when (MemoryShortage.Is(cause))
        {
            await Answers.Refuse(context, Spelled(MemoryShortage.Error(cause)), StatusCodes.Status503ServiceUnavailable).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The last resort of a server: everything else is a bug of ours, and says so.
        catch (Exception error)
#pragma warning restore CA1031
        {
            log.Say(error.ToString());
            await Answers.Refuse(context, new("ZF1000", $"internal error: {error.GetType().Name}; its stack trace stands in the terminal"), StatusCodes.Status500InternalServerError).ConfigureAwait(false);
        }
    }

    private ZfDeclException Spelled(ZfDeclException error) => new(error.Code, spell(error.Message));

    private Endpoint Find(HttpContext context)
    {
        var (method, path) = (context.Request.Method, context.Request.Path.Value ?? "");
        if (endpoints.TryGetValue((method, path), out var endpoint))
            return endpoint;
        if (method == "GET" && path.StartsWith(Files, StringComparison.Ordinal))
            return (_, _) => page.Write(context, path[Files.Length..]);
        if (method == "GET" && path.StartsWith(Thumbnails, StringComparison.Ordinal))
            return (_, token) => images.Thumbnail(context, path[Thumbnails.Length..], token);
        return (_, _) => Answers.Refuse(context, RequestErrors.Unreadable("there is nothing at this address"), StatusCodes.Status404NotFound);
    }
}
