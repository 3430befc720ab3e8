using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace ZfDecl.Tests.Reporting.Browser;

/// <summary>A page of a browser.</summary>
internal sealed class BrowserPage(Chromium browser, string session)
{
    private readonly ConcurrentQueue<string> problems = new();
    private TaskCompletionSource loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Exceptions, errors on the console, and resources that could not be loaded.</summary>
    public IReadOnlyCollection<string> Problems => problems;

    public Task<JsonNode> SendAsync(string method, JsonObject? parameters = null) => browser.SendAsync(method, parameters, session);

    /// <summary>Opens a file and waits for its load event.</summary>
    public async Task OpenAsync(string path, string fragment = "")
    {
        loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await SendAsync("Page.navigate", new() { ["url"] = new Uri(path).AbsoluteUri + fragment });
        await loaded.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>The value of an expression; a promise is awaited.</summary>
    public async Task<T> EvaluateAsync<T>(string expression)
    {
        var answer = await SendAsync("Runtime.evaluate", new() { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true });
        if (answer["exceptionDetails"] is { } exception)
            throw new InvalidOperationException($"{expression}: {exception.ToJsonString()}");
        return answer["result"]!["value"] is { } value ? value.GetValue<T>() : default!;
    }

    /// <summary>Waits until an expression is true.</summary>
    public async Task UntilAsync(string expression)
    {
        var holds = await EvaluateAsync<bool>($$"""
            new Promise(done => { const began = Date.now(), look = () => ({{expression}}) ? done(true) : Date.now() - began > 10000 ? done(false) : setTimeout(look, 20); look(); })
            """);
        if (!holds)
            throw new TimeoutException($"{expression} did not come true within 10 s; problems: {string.Join("; ", problems)}");
    }

    /// <summary>Presses and releases a key, for example <c>Enter</c> or <c>1</c>.</summary>
    public async Task PressAsync(string key)
    {
        var code = key switch { "Enter" => 13, "Escape" => 27, "Tab" => 9, "ArrowLeft" => 37, "ArrowUp" => 38, "ArrowRight" => 39, "ArrowDown" => 40, "End" => 35, "Home" => 36, _ => key[0] };
        var text = key == "Enter" ? "\r" : key.Length == 1 ? key : "";
        foreach (var type in (string[])["keyDown", "keyUp"])
            await SendAsync("Input.dispatchKeyEvent", new() { ["type"] = type, ["key"] = key, ["windowsVirtualKeyCode"] = code, ["text"] = type == "keyDown" ? text : "" });
    }

    /// <summary>Moves the pointer to a place within an element: 0 … 1 of its width and height.</summary>
    public async Task PointAsync(string selector, double x = 0.5, double y = 0.5)
    {
        var place = await EvaluateAsync<string>($$"""
            (() => { const box = document.querySelector({{JsonValue.Create(selector).ToJsonString()}}).getBoundingClientRect(); return [box.left + {{x}} * box.width, box.top + {{y}} * box.height].join(" "); })()
            """);
        var at = place.Split(' ').Select(part => double.Parse(part, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        await SendAsync("Input.dispatchMouseEvent", new() { ["type"] = "mouseMoved", ["x"] = at[0], ["y"] = at[1], ["pointerType"] = "mouse" });
    }

    /// <summary>A picture of the view.</summary>
    public async Task ScreenshotAsync(string path) =>
        await File.WriteAllBytesAsync(path, Convert.FromBase64String((string)(await SendAsync("Page.captureScreenshot", new() { ["format"] = "png" }))["data"]!));

    public void Hear(string method, JsonNode parameters)
    {
        if (method == "Page.loadEventFired")
            loaded.TrySetResult();
        else if (method == "Runtime.exceptionThrown")
            problems.Enqueue((string?)parameters["exceptionDetails"]?["exception"]?["description"] ?? parameters.ToJsonString());
        else if (method == "Runtime.consoleAPICalled" && (string?)parameters["type"] is "error" or "warning")
            problems.Enqueue(parameters["args"]!.ToJsonString());
        else if (method == "Log.entryAdded" && (string?)parameters["entry"]?["level"] is "error" or "warning")
            problems.Enqueue($"{parameters["entry"]!["text"]} {parameters["entry"]!["url"]}");
    }
}
