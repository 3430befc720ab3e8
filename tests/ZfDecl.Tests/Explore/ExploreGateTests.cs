using System.Net;
using System.Net.Sockets;
using System.Text;
using ZfDecl.Endurance.Exploring;
using ZfDecl.Explore.Serving;
using ZfDecl.Models;

namespace ZfDecl.Tests.Explore;

/// <summary>Who is let in, and what happens to who is not.</summary>
public sealed class ExploreGateTests(ExploreGateTests.One one) : IClassFixture<ExploreGateTests.One>
{
    private readonly RunningExplorer explorer = one.Explorer;

    private ExploreServer Server => explorer.Explorer.Server;

    [Fact]
    public async Task TheTokenOfTheFirstAddressBecomesACookieThatScriptsAndOtherSitesDoNotSee()
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
        using var first = await client.GetAsync(Server.FirstAddress);
        Assert.Equal("/", first.Headers.Location!.ToString());
        var cookie = Assert.Single(first.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(Server.Address)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(new Uri(Server.Address, "?token=0123"))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(new Uri(Server.Address, "api/network"))).StatusCode);

        var once = Server.MakeAddressForOnce();
        Assert.Equal(HttpStatusCode.SeeOther, (await client.GetAsync(once)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(once)).StatusCode);
    }

    [Theory]
    [InlineData("localhost", null, 200)]
    [InlineData("LOCALHOST:8000", null, 200)]           // as behind ssh -L 8000:…
    [InlineData("127.0.0.1:1", null, 200)]
    [InlineData("[::1]:8000", null, 200)]
    [InlineData("localhost:8000", "http://localhost:8000", 200)]
    [InlineData("localhost:8000", "http://localhost:3000", 403)]
    [InlineData("localhost:8000", "https://localhost:8000", 403)]
    [InlineData("localhost:8000", "null", 403)]
    [InlineData("localhost:8000", "http://evil.example", 403)]
    [InlineData("evil.example", null, 403)]
    [InlineData("localhost.evil.example", null, 403)]
    [InlineData("127.0.0.1.evil.example:80", null, 403)]
    [InlineData("0.0.0.0", null, 403)]
    public async Task OnlyNamesOfThisMachineAndItsOwnPageAreLetIn(string host, string? origin, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/board") { Headers = { Host = host } };
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        request.Headers.Add("Cookie", explorer.Cookie);
        using var answer = await explorer.Client.SendAsync(request);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task APageOfAnotherSiteCannotEvenShowAThumbnail()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/thumbnail/1") { Headers = { { "Sec-Fetch-Site", "same-site" } } };
        Assert.Equal(HttpStatusCode.Forbidden, (await explorer.Client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task EveryAnswerForbidsWhatThePageHasNotToDo()
    {
        foreach (var address in new[] { "", "app/none.js", "api/network" })
        {
            using var answer = await explorer.Client.GetAsync(address);
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        }
    }

    [Fact]
    public async Task ItListensToThisMachineAlone()
    {
        Assert.True(IPAddress.IsLoopback(IPAddress.Parse(Server.Address.Host)));
        var others = (await Dns.GetHostAddressesAsync(Dns.GetHostName())).Where(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address));
        foreach (var address in others)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await Assert.ThrowsAsync<SocketException>(() => socket.ConnectAsync(address, Server.Address.Port));
        }
    }

    [Theory]
    [InlineData("look", "{\"subject\":{\"image\":\"data:2000\"},\"layer\":\"conv1\"}", 404, "ZF1811")]
    [InlineData("look", "{\"subject\":{\"image\":\"/etc/passwd\"},\"layer\":\"conv1\"}", 404, "ZF1811")]
    [InlineData("look", "{\"subject\":{\"image\":\"own:00\"},\"layer\":\"conv1\"}", 404, "ZF1811")]
    [InlineData("look", "{\"subject\":{\"image\":\"data:0\"},\"layer\":\"conv9\"}", 404, "ZF1812")]
    [InlineData("look", "{\"subject\":{\"image\":\"data:0\",\"view\":{\"zoom\":1e300}},\"layer\":\"conv1\"}", 400, "ZF1810")]
    [InlineData("look", "{\"subject\":{\"image\":\"data:0\",\"net\":1},\"layer\":\"conv1\"}", 400, "ZF1816")]
    [InlineData("look", "{\"subject\":{\"image\":\"data:0\",\"epoch\":3},\"layer\":\"conv1\"}", 400, "ZF1803")]
    [InlineData("look", "{\"subject\":{\"image\":\"data:0\"},\"layer\":\"conv1\"", 400, "ZF1810")]
    [InlineData("project", "{\"subject\":{\"image\":\"data:0\"},\"layer\":\"conv1\",\"map\":32}", 404, "ZF1812")]
    [InlineData("project", "{\"subject\":{\"image\":\"data:0\"},\"layer\":\"conv1\",\"map\":3,\"at\":[28,0]}", 404, "ZF1812")]
    [InlineData("project", "{\"subject\":{\"image\":\"data:0\"},\"layer\":\"conv1\",\"rules\":[\"best\"]}", 400, "ZF1810")]
    [InlineData("compare", "{\"spec\":\"../../etc\",\"run\":\"passwd\"}", 400, "ZF1816")]
    [InlineData("upload", "no picture", 400, "ZF1130")]
    [InlineData("nothing", "{}", 404, "ZF1810")]
    public async Task WhatCannotBeIsRefusedWithItsCode(string question, string body, int status, string code)
    {
        using var answer = await explorer.Client.PostAsync($"api/{question}", new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains($"\"code\":\"{code}\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    // dotnet run -c Release --project tests/ZfDecl.Endurance -- explore sends 10,000.
    [Fact]
    public async Task TwoHundredHostileRequestsFiftyAtATimeChangeNothing()
    {
        var look = (object)new { subject = new { image = "data:1" }, layer = "conv3" };
        string Said(System.Text.Json.JsonElement answer) => $"{answer.GetProperty("top")}{answer.GetProperty("max")}";
        var (before, files) = (Said(await explorer.Ask("look", look)), Files());
        var trials = new HostileTrials(Server.Address, explorer.Cookie);
        await trials.Send(first: 1, count: 200, atOnce: 50, TimeSpan.FromSeconds(60));
        Assert.Empty(trials.Problems);
        Assert.Equal(200, trials.Answers.Values.Sum());
        Assert.Equal(before, Said(await explorer.Ask("look", look)));
        Assert.Equal(files, Files());
    }

    [Fact]
    public async Task AConnectionThatStopsHalfWayIsClosed()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, Server.Address.Port);
        await socket.SendAsync("GET / HTTP/1.1\r\nHost: localh"u8.ToArray());
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var buffer = new byte[4096];
        while (await socket.ReceiveAsync(buffer, end.Token) > 0)
        {
        }
    }

    [Fact]
    public void TooManyRequestsAreRefusedUntilTimeHasPassed()
    {
        var clock = new Host.ManualClock();
        var gate = new Allowance(most: 3, perSecond: 2, clock);
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => gate.TryTake()));
        clock.Pass(0.6);
        Assert.Equal([true, false], Enumerable.Range(0, 2).Select(_ => gate.TryTake()));
    }

    /// <summary>One explorer for all of them.</summary>
    public sealed class One : IAsyncLifetime
    {
        internal RunningExplorer Explorer { get; private set; } = null!;

        public async Task InitializeAsync() => Explorer = await RunningExplorer.Start(DeclaredNetworks.All, new() { Patience = TimeSpan.FromSeconds(2), Requests = 100_000 });

        public async Task DisposeAsync() => await Explorer.DisposeAsync();
    }

    private string[] Files() => [.. Directory.GetFiles(explorer.Artifacts, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
