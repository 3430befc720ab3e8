using Microsoft.AspNetCore.Http;
using ZfDecl.Explore.Computing;
using ZfDecl.Explore.Exploring;
using ZfDecl.Explore.Problems;
using ZfDecl.Explore.Serving;

namespace ZfDecl.Explore.Endpoints;

/// <summary>Opens another run beside the one that is looked at.</summary>
internal sealed class CompareEndpoint(Explored explored, OtherRuns others, Worker worker, ExploreLimits limits)
{
    /// <summary>Opens it, and says what it is.</summary>
    public async Task Compare(HttpContext context, CancellationToken token)
    {
        var request = await RequestBody.Read<CompareRequest>(context, limits).ConfigureAwait(false);
        // What the browser names is looked for among those that there are, and goes no further itself.
        var run = others.All.FirstOrDefault(one => one.Spec == request.Spec && one.Run == request.Run) ?? throw RequestErrors.NotHere("there is no such run to compare with");
        var described = await worker.Run(() =>
        {
            explored.Compare(others.Open(run));
            return NetworkEndpoint.Describe(explored.Nets[1]);
        }, token).ConfigureAwait(false);
        await Answers.Write(context, described).ConfigureAwait(false);
    }

    private sealed record CompareRequest(string? Spec, string? Run);
}
