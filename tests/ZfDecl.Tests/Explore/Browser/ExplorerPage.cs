using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Playwright;

namespace ZfDecl.Tests.Explore.Browser;

/// <summary>The explorer's page in a browser, with what its console said and which requests it has made.</summary>
internal sealed class ExplorerPage : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentQueue<string> problems = new();
    private readonly ConcurrentDictionary<string, int> underWay = new(), asked = new();

    public ExplorerPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) => { if (message.Type is "error" or "warning") problems.Enqueue(message.Text); };
        page.PageError += (_, problem) => problems.Enqueue(problem);
        page.Request += (_, request) =>
        {
            if (LaneOf(request) is not { } lane)
                return;
            asked.AddOrUpdate(lane, 1, (_, count) => count + 1);
            var now = underWay.AddOrUpdate(lane, 1, (_, count) => count + 1);
            MostAtOnce = Math.Max(MostAtOnce, now);
        };
        page.RequestFinished += (_, request) => End(request);
        page.RequestFailed += (_, request) => End(request);
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings on the console, and exceptions.</summary>
    public IReadOnlyCollection<string> Problems => problems;

    /// <summary>The most requests of one lane that were under way at once.</summary>
    public int MostAtOnce { get; set; }

    /// <summary>How many requests a lane has had.</summary>
    public int Asked(string lane) => asked.GetValueOrDefault(lane);

    /// <summary>Where the page is.</summary>
    public string Fragment => new Uri(Page.Url).Fragment;

    /// <summary>Waits until an expression is true. (The page's own policy forbids what Playwright waits with.)</summary>
    public async Task UntilAsync(string expression)
    {
        for (var began = Stopwatch.GetTimestamp(); !await Page.EvaluateAsync<bool>(expression); await Task.Delay(15))
        {
            if (Stopwatch.GetElapsedTime(began) > Patience)
                throw new TimeoutException($"{expression} did not come true within {Patience.TotalSeconds:0} s at {Fragment}; problems: {string.Join("; ", problems)}");
        }
    }

    /// <summary>Waits until all that was asked for is there, and drawn.</summary>
    public async Task RestAsync()
    {
        await UntilAsync("document.body.dataset.ready === 'yes' && document.body.dataset.busy === '0'");
        await Page.EvaluateAsync("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
    }

    public async Task PressAsync(string key)
    {
        await Page.Keyboard.PressAsync(key);
        await RestAsync();
    }

    public async Task ClickAsync(string selector)
    {
        await Page.ClickAsync(selector);
        await RestAsync();
    }

    public Task<string> TextAsync(string selector) => Page.EvaluateAsync<string>("selector => document.querySelector(selector).textContent.trim()", selector);

    public Task<T> EvaluateAsync<T>(string expression) => Page.EvaluateAsync<T>(expression);

    /// <summary>What a canvas shows, as text that differs where the picture does.</summary>
    public Task<string> PictureAsync(string selector) => Page.EvaluateAsync<string>("selector => document.querySelector(selector).toDataURL()", selector);

    /// <summary>Closes it, and its connections with it.</summary>
    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();

    private static string? LaneOf(IRequest request) => request.Headers.TryGetValue("x-zf-lane", out var lane) ? lane[(lane.IndexOf('-', StringComparison.Ordinal) + 1)..] : null;

    private void End(IRequest request)
    {
        if (LaneOf(request) is { } lane)
            underWay.AddOrUpdate(lane, 0, (_, count) => count - 1);
    }
}
