using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ZfDecl.Tests.Reporting.Browser;

/// <summary>A headless Chromium, spoken to by the DevTools protocol. No page of it can reach a network.</summary>
internal sealed class Chromium : IDisposable
{
    private readonly TemporaryFolder profile;
    private readonly Process process;
    private readonly ClientWebSocket socket = new();
    private readonly SemaphoreSlim sending = new(1);
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> waiting = new();
    private readonly ConcurrentDictionary<string, Action<string, JsonNode>> listeners = new();
    private int last;

    private Chromium(Process process, TemporaryFolder profile) => (this.process, this.profile) = (process, profile);

    /// <summary>The program: what ZFDECL_CHROMIUM names, else the first that is found on the path; null where there is none.</summary>
    public static string? Program { get; } = Environment.GetEnvironmentVariable("ZFDECL_CHROMIUM") is { Length: > 0 } named
        ? named
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);

    public static async Task<Chromium> StartAsync()
    {
        var profile = new TemporaryFolder();
        string[] flags =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars", "--host-resolver-rules=MAP * ~NOTFOUND", "--remote-debugging-port=0",
            $"--user-data-dir={profile.Path}", "about:blank",
        ];
        var process = Process.Start(new ProcessStartInfo(Program!, flags) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        // It says where it listens on a line of its own: DevTools listening on ws://…
        const string Announcement = "DevTools listening on ";
        string? address = null;
        while (address is null && await process.StandardError.ReadLineAsync() is { } line)
            address = line.StartsWith(Announcement, StringComparison.Ordinal) ? line[Announcement.Length..] : null;
        var browser = new Chromium(process, profile);
        _ = process.StandardError.ReadToEndAsync();
        await browser.socket.ConnectAsync(new(address ?? throw new InvalidOperationException($"{Program} ended before it listened")), CancellationToken.None);
        _ = browser.ReceiveAsync();
        return browser;
    }

    /// <summary>A new page, still empty; its own problems are kept with it.</summary>
    public async Task<BrowserPage> NewPageAsync(int width = 1280, int height = 900, bool dark = false, bool touch = false)
    {
        var target = (string)(await SendAsync("Target.createTarget", new() { ["url"] = "about:blank" }))["targetId"]!;
        var session = (string)(await SendAsync("Target.attachToTarget", new() { ["targetId"] = target, ["flatten"] = true }))["sessionId"]!;
        var page = new BrowserPage(this, session);
        listeners[session] = page.Hear;
        foreach (var domain in (string[])["Page.enable", "Runtime.enable", "Log.enable"])
            await page.SendAsync(domain);
        await page.SendAsync("Emulation.setDeviceMetricsOverride", new() { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = touch });
        await page.SendAsync("Emulation.setEmulatedMedia", new() { ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = dark ? "dark" : "light" }, new JsonObject { ["name"] = "prefers-reduced-motion", ["value"] = "reduce" }) });
        return page;
    }

    public async Task<JsonNode> SendAsync(string method, JsonObject? parameters = null, string? session = null)
    {
        var id = Interlocked.Increment(ref last);
        var answer = waiting[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        if (session is not null)
            message["sessionId"] = session;
        await sending.WaitAsync();
        try
        {
            await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, CancellationToken.None);
        }
        finally
        {
            sending.Release();
        }
        return await answer.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        socket.Dispose();
        sending.Dispose();
        profile.Dispose();
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[1 << 16];
        using var message = new MemoryStream();
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                message.Write(buffer, 0, part.Count);
                if (!part.EndOfMessage)
                    continue;
                Dispatch(JsonNode.Parse(message.ToArray())!);
                message.SetLength(0);
            }
        }
        catch (Exception end) when (end is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            foreach (var answer in waiting.Values)
                answer.TrySetException(end);
        }
    }

    private void Dispatch(JsonNode message)
    {
        if (message["id"] is { } id && waiting.TryRemove((int)id, out var answer))
        {
            if (message["error"] is { } error)
                answer.SetException(new InvalidOperationException(error.ToJsonString()));
            else
                answer.SetResult(message["result"]!);
        }
        else if (message["method"] is { } method && message["sessionId"] is { } session && listeners.TryGetValue((string)session!, out var listener))
        {
            listener((string)method!, message["params"]!);
        }
    }
}
