using System.Net;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text.Json;
using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Opening;
using ZfDecl.Cli.Terminal;
using ZfDecl.Explore;
using ZfDecl.Explore.Serving;
using ZfDecl.Models;
using ZfDecl.Networks;

namespace ZfDecl.Tests.Explore;

/// <summary>An explorer in this process, and a browser that has opened its first address.</summary>
internal sealed class RunningExplorer : IAsyncDisposable
{
    private readonly TemporaryFolder? own;
    private readonly HttpClientHandler handler = new() { AllowAutoRedirect = false, CookieContainer = new() };

    private RunningExplorer(TemporaryFolder? own, string artifacts, Explorer explorer, RunContext context)
    {
        (this.own, Artifacts, Explorer, Context) = (own, artifacts, explorer, context);
        Client = new(handler) { BaseAddress = explorer.Server.Address };
    }

    public Explorer Explorer { get; }

    public RunContext Context { get; }

    public HttpClient Client { get; }

    /// <summary>Where what it keeps goes.</summary>
    public string Artifacts { get; }

    /// <summary>The header that the browser sends along.</summary>
    public string Cookie => handler.CookieContainer.GetCookieHeader(Explorer.Server.Address);

    /// <summary>Starts one.</summary>
    /// <param name="given">Settings, such as <c>run=untrained</c>.</param>
    public static Task<RunningExplorer> Start(params string[] given) => Start(DeclaredNetworks.All, null, given);

    /// <inheritdoc cref="Start(string[])"/>
    public static Task<RunningExplorer> Start(IReadOnlyList<NetworkEntry> networks, ExploreLimits? limits, params string[] given) => Start(new TemporaryFolder(), null, networks, limits, given);

    /// <summary>Starts one on runs that are there already.</summary>
    public static Task<RunningExplorer> StartIn(string artifacts) => Start(null, artifacts, DeclaredNetworks.All, null, []);

    private static async Task<RunningExplorer> Start(TemporaryFolder? own, string? artifacts, IReadOnlyList<NetworkEntry> networks, ExploreLimits? limits, string[] given)
    {
        var context = ContextOf(networks, artifacts ?? own!.Path, given);
        var running = new RunningExplorer(own, artifacts ?? own!.Path, await Explorer.Start(context, limits), context);
        using var first = await running.Client.GetAsync(running.Explorer.Server.FirstAddress);
        Assert.Equal(HttpStatusCode.SeeOther, first.StatusCode);
        return running;
    }

    /// <summary>The same run, opened by the library alone.</summary>
    public OpenedRun OpenAgain()
    {
        var context = ContextOf(Context.Networks.All, Artifacts, [.. Given.Select(setting => $"{setting.Key}={setting.Value}")]);
        return OpenedRun.Open(context, TrainedRun.Choose(context), several: true);
    }

    /// <summary>Asks something, and expects an answer.</summary>
    public async Task<JsonElement> Ask(string question, object body)
    {
        using var answer = await Send(question, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{question}: {answer.StatusCode} {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    /// <summary>Asks something.</summary>
    public async Task<HttpResponseMessage> Send(string question, object body, string? lane = null, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Post, $"api/{question}") { Content = JsonContent.Create(body) };
        if (lane is not null)
            request.Headers.Add("X-Zf-Lane", lane);
        return await Client.SendAsync(request);
    }

    /// <summary>Asks for something that is there.</summary>
    public Task<JsonElement> Get(string question) => Client.GetFromJsonAsync<JsonElement>($"api/{question}");

    /// <summary>Floats as an answer has them.</summary>
    public static float[] Floats(JsonElement text) => MemoryMarshal.Cast<byte, float>(text.GetBytesFromBase64()).ToArray();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        handler.Dispose();
        await Explorer.DisposeAsync();
        Context.Dispose();
        own?.Dispose();
    }

    private Dictionary<string, string> Given => Context.Settings.Used.Where(setting => setting.Origin == SettingOrigin.Property).ToDictionary(setting => setting.Name, setting => setting.Value);

    private static RunContext ContextOf(IReadOnlyList<NetworkEntry> networks, string artifacts, string[] given)
    {
        var settings = given.Select(setting => setting.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        settings["artifacts"] = artifacts;
        return new(new(networks), new(settings), new ConsoleLog(TextWriter.Null, TextWriter.Null, terminal: false, spell: Cli.Spelling.Of), Repository.Root, default);
    }
}
