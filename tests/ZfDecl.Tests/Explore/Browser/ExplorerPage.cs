using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Playwright;

namespace ZfDecl.Tests.Explore.Browser;

/// <summary>The explorer's page in a browser, with what its console said and which requests it has made.</summary>
internal sealed class ExplorerPage : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<string> problems = new();

    public ExplorerPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) => { if (message.Type is "error" or "warning") problems.Enqueue(message.Text); };
        page.PageError += (_, problem) => problems.Enqueue(problem);
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings on the console, and exceptions.</summary>
    public IReadOnlyCollection<string> Problems => problems;

    /// <summary>Counts, in a page that is opened later, the requests of each lane, and how many of one were under way at once.</summary>
    public const string CountRequests = """
        window.requests = { asked: {}, now: {}, most: 0 };
        const ask = window.fetch;
        window.fetch = (path, options) => {
          const lane = options?.headers?.["X-Zf-Lane"]?.split("-")[1], { asked, now } = window.requests;
          if (!lane) return ask(path, options);
          asked[lane] = (asked[lane] ?? 0) + 1;
          now[lane] = (now[lane] ?? 0) + 1;
          window.requests.most = Math.max(window.requests.most, now[lane]);
          // One that is given up is over at once, though its promise says so later.
          let isOver = false;
          const answer = ask(path, options), end = () => { if (!isOver) now[lane]--; isOver = true; };
          options.signal?.addEventListener("abort", end);
          answer.then(end, end);
          return answer;
        };
        """;

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

    /// <summary>Waits until all that was asked for is there, drawn, and kept in the address.</summary>
    public async Task RestAsync()
    {
        await UntilAsync("document.body.dataset.ready === 'yes' && document.body.dataset.busy === '0' && !document.body.dataset.address");
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

    /// <summary>What a canvas shows, as a number that differs where the picture does (FNV-1a of its pixels).</summary>
    public Task<long> PictureAsync(string selector) => EvaluateAsync<long>(Picture(selector));

    /// <summary>The expression of that number.</summary>
    public static string Picture(string selector) => $$"""
        (() => {
          const canvas = document.querySelector("{{selector}}"), copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
          copy.drawImage(canvas, 0, 0);
          const pixels = new Uint32Array(copy.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
          return pixels.reduce((hash, pixel) => Math.imul(hash ^ pixel, 16777619), 2166136261 ^ canvas.width) >>> 0;
        })()
        """;

    /// <summary>Closes it, and its connections with it.</summary>
    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();
}
