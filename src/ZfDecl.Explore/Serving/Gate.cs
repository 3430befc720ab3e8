using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using ZfDecl.Explore.Problems;

namespace ZfDecl.Explore.Serving;

/// <summary>
/// Lets in whoever has started the program, and nobody else: a page of another origin, which a browser would let send requests here; a name that somebody has made lead here
/// (DNS rebinding); another user of the machine.
/// </summary>
/// <param name="token">What tells them apart.</param>
/// <param name="limits">How many requests may come.</param>
/// <param name="clock">The clock.</param>
internal sealed class Gate(AccessToken token, ExploreLimits limits, TimeProvider clock)
{
    private const string TokenParameter = "token";

    private readonly Allowance requests = new(limits.Requests, limits.RequestsPerSecond, clock);

    /// <summary>What the page may load and do: its own files, and pictures that it makes itself.</summary>
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Handles a request: refuses it, or hands it on.</summary>
    public Task Pass(HttpContext context, RequestDelegate next)
    {
        Harden(context.Response.Headers);
        var request = context.Request;
        if (!IsThisMachine(request.Host))
            return Answers.Refuse(context, RequestErrors.NotLetIn("this is served to localhost, 127.0.0.1 and [::1] alone; open the address that the program has printed"));
        if (request.Headers.Origin is [_, ..] && !(request.Headers.Origin is [var origin] && string.Equals(origin, $"http://{request.Host.Value}", StringComparison.OrdinalIgnoreCase)))
            return Answers.Refuse(context, RequestErrors.NotLetIn("a page of another origin has sent this"));
        var first = request.Path == "/" && HttpMethods.IsGet(request.Method);
        if (!first && request.Headers["Sec-Fetch-Site"] is [not ("same-origin" or "none"), ..])
            return Answers.Refuse(context, RequestErrors.NotLetIn("a page of another origin has sent this"));
        if (first && token.Admits(request.Query[TokenParameter]))
        {
            context.Response.Cookies.Append(token.Cookie, token.Text, new() { HttpOnly = true, SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Strict, Path = "/" });
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = "/";
            return Task.CompletedTask;
        }
        // Others' requests do not count: they would use up what the page may ask for.
        if (token.Is(request.Cookies[token.Cookie]))
            return requests.TryTake() ? next(context) : Answers.Refuse(context, RequestErrors.TooMany("there are too many requests; wait a little"));
        return Answers.Refuse(context, RequestErrors.NotLetIn("open the address that the program has printed, with its token"), StatusCodes.Status401Unauthorized);
    }

    private static bool IsThisMachine(HostString host) => host.Host.ToLowerInvariant() is "localhost" or "127.0.0.1" or "[::1]";

    private static void Harden(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=()";
        headers[HeaderNames.CacheControl] = "no-store";
    }
}
