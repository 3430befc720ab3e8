using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using ZfDecl.Messages;

namespace ZfDecl.Explore.Serving;

/// <summary>The web server: bound to this machine alone, with nothing in it but the gate and the endpoints. It reads no configuration and writes no log.</summary>
internal sealed class ExploreServer : IAsyncDisposable
{
    private const string AnyPort = "127.0.0.1";

    private readonly WebApplication application;
    private readonly AccessToken token = new();

    private ExploreServer(WebApplication application) => this.application = application;

    /// <summary>Where it is, without the token.</summary>
    public Uri Address { get; private set; } = new($"http://{AnyPort}/");

    /// <summary>The first address, with the token.</summary>
    public Uri FirstAddress => new(Address, $"?token={token.Text}{Fragment}");

    /// <summary>What the page shows first, as the fragment of its address with its #; empty for what it shows by itself.</summary>
    public string Fragment { get; init; } = "";

    /// <summary>The first address for one visit, to be handed to a browser.</summary>
    public Uri MakeAddressForOnce() => new(Address, $"?token={token.MakeForOnce()}{Fragment}");

    /// <summary>Starts to serve.</summary>
    /// <param name="port">The port; 0 for one that is free.</param>
    /// <param name="limits">How much a browser may ask for.</param>
    /// <param name="handle">Handles a request that was let in.</param>
    /// <param name="fragment">As of <see cref="Fragment"/>.</param>
    /// <param name="clock">The clock; the system's where omitted.</param>
    /// <exception cref="ZfDeclException">ZF1802: the port cannot be had.</exception>
    public static async Task<ExploreServer> Start(int port, ExploreLimits limits, RequestDelegate handle, string fragment = "", TimeProvider? clock = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
            Limit(options.Limits, limits);
        });
        var server = new ExploreServer(builder.Build()) { Fragment = fragment };
        var gate = new Gate(server.token, limits, clock ?? TimeProvider.System);
        server.application.Use(next => context => gate.Pass(context, next));
        server.application.Run(handle);
        try
        {
            await server.application.StartAsync().ConfigureAwait(false);
        }
        catch (IOException failure)
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw new ZfDeclException("ZF1802", $"`port={port}`: {failure.Message.TrimEnd('.')}; leave it out for one that is free", cause: failure);
        }
        server.Address = new(server.application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return server;
    }

    /// <summary>Ends it; what is being answered has a moment to end.</summary>
    public async ValueTask DisposeAsync()
    {
        using var moment = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await application.StopAsync(moment.Token).ConfigureAwait(false);
        await application.DisposeAsync().ConfigureAwait(false);
    }

    private static void Limit(KestrelServerLimits kestrel, ExploreLimits limits)
    {
        kestrel.MaxConcurrentConnections = limits.Connections;
        kestrel.MaxConcurrentUpgradedConnections = 0;
        kestrel.MaxRequestBodySize = limits.UploadBytes;
        kestrel.MaxRequestHeaderCount = 64;
        kestrel.MaxRequestHeadersTotalSize = 16 << 10;
        kestrel.MaxRequestLineSize = 4 << 10;
        kestrel.RequestHeadersTimeout = limits.Patience;
        kestrel.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        kestrel.MinRequestBodyDataRate = new(bytesPerSecond: 1024, gracePeriod: limits.Patience);
        kestrel.MinResponseDataRate = new(bytesPerSecond: 1024, gracePeriod: limits.Patience);
    }
}
