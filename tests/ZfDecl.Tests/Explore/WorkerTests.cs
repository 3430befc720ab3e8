using ZfDecl.Explore.Computing;
using ZfDecl.Messages;

namespace ZfDecl.Tests.Explore;

/// <summary>The one thread that computes.</summary>
public sealed class WorkerTests : IDisposable
{
    private readonly Worker worker = new();
    private readonly ManualResetEventSlim held = new();
    private readonly List<string> done = [];

    public void Dispose()
    {
        held.Set();
        worker.Dispose();
        held.Dispose();
    }

    [Fact]
    public async Task WhatSomebodyWaitsForGoesBeforeWhatRunsInTheBackground()
    {
        var first = Hold();
        Task[] all = [first, Add("search", inBackground: true), Add("search on", inBackground: true), Add("click"), Add("drag")];
        held.Set();
        await Task.WhenAll(all);
        Assert.Equal(["click", "drag", "search", "search on"], done);
    }

    [Fact]
    public async Task WhatIsGivenUpBeforeItBeginsIsNeverDone()
    {
        var first = Hold();
        using var stop = new CancellationTokenSource();
        var given = Add("given up", token: stop.Token);
        var kept = Add("kept");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);       // while the worker is held
        held.Set();
        await Task.WhenAll(first, kept);
        Assert.Equal(["kept"], done);
    }

    [Fact]
    public async Task MoreThanItTakesIsRefusedAndWhatWaitsWhenItEndsIsGivenUp()
    {
        var first = Hold();
        var waiting = Enumerable.Range(0, Worker.MostWaiting).Select(number => Add($"{number}")).ToArray();
        Assert.Equal("ZF1814", (await Assert.ThrowsAsync<ZfDeclException>(() => Add("one more"))).Code);
        var ending = Task.Run(worker.Dispose);
        SpinWait.SpinUntil(() => Add("too late").Exception?.InnerException is ObjectDisposedException, TimeSpan.FromSeconds(30));      // it has begun to end
        held.Set();
        await Task.WhenAll(first, ending);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(waiting));
        Assert.Empty(done);
    }

    [Fact]
    public async Task AnErrorGoesToWhoHasAskedAndTheNextIsDone()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => worker.Run<int>(() => throw new InvalidOperationException(), default));
        await Add("next");
        Assert.Equal(["next"], done);
    }

    private Task<int> Hold()
    {
        using var begun = new ManualResetEventSlim();
        var task = worker.Run(() => { begun.Set(); held.Wait(); return 0; }, default);
        begun.Wait();
        return task;
    }

    private Task<int> Add(string what, bool inBackground = false, CancellationToken token = default) => worker.Run(() => { done.Add(what); return 0; }, token, inBackground);
}
