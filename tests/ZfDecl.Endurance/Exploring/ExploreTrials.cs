using System.Diagnostics;
using TorchSharp;
using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Terminal;
using ZfDecl.Explore;
using ZfDecl.Models;

namespace ZfDecl.Endurance.Exploring;

/// <summary>The explorer on the weights that come with the repository: hostile requests, and an hour of use.</summary>
public static class ExploreTrials
{
    private const int AtOnce = 50;

    /// <summary>Sends hostile requests, and asks between them whether all is as it was.</summary>
    /// <param name="root">The folder of the repository.</param>
    /// <param name="first">The first seed.</param>
    /// <param name="count">How many.</param>
    /// <param name="atMost">After how long it stops.</param>
    /// <returns>Whether nothing was wrong.</returns>
    public static Task<bool> Hostile(string root, int first, int count, TimeSpan atMost) => With(root, async (address, use, artifacts) =>
    {
        var (trials, watch, wrong, sent) = (new HostileTrials(address, use.Cookie), Stopwatch.StartNew(), 0, 0);
        var (before, files) = (await Said(use).ConfigureAwait(false), Files(artifacts));
        for (; sent < count && watch.Elapsed < atMost; sent += Math.Min(500, count - sent))
        {
            await trials.Send(first + sent, Math.Min(500, count - sent), AtOnce, TimeSpan.FromSeconds(60)).ConfigureAwait(false);
            if (await Said(use).ConfigureAwait(false) != before || !Files(artifacts).SequenceEqual(files))
            {
                wrong++;
                Console.WriteLine($"after seed {first + sent + 499}: it answers otherwise, or the disk has changed");
            }
            Console.WriteLine($"{sent + Math.Min(500, count - sent),7:N0} sent, {watch.Elapsed.TotalSeconds,5:F0} s; {string.Join(", ", trials.Answers.OrderBy(pair => pair.Key).Select(pair => $"{(pair.Key == 0 ? "closed" : pair.Key)}: {pair.Value:N0}"))}; {Memory()}");
        }
        foreach (var problem in trials.Problems)
            Console.WriteLine(problem);
        return wrong == 0 && trials.Problems.Count == 0;
    });

    /// <summary>Uses it as somebody would, and watches its memory.</summary>
    /// <param name="root">The folder of the repository.</param>
    /// <param name="time">For how long.</param>
    /// <returns>Whether no more tensors are left than after the first tenth of the time.</returns>
    public static Task<bool> Use(string root, TimeSpan time) => With(root, async (_, use, _) =>
    {
        var (watch, round, warm, said) = (Stopwatch.StartNew(), 0, -1L, TimeSpan.Zero);
        while (watch.Elapsed < time)
        {
            await use.Once(round++).ConfigureAwait(false);
            if (warm < 0 && watch.Elapsed > time / 10)
                warm = torch.Tensor.TotalCount;
            if (watch.Elapsed - said < TimeSpan.FromSeconds(30))
                continue;
            said = watch.Elapsed;
            Console.WriteLine($"{round,7:N0} rounds, {watch.Elapsed.TotalSeconds,5:F0} s, {torch.Tensor.TotalCount:N0} tensors, {Memory()}");
        }
        GC.Collect();
        Console.WriteLine($"{round:N0} rounds; {torch.Tensor.TotalCount:N0} tensors, {warm:N0} after a tenth of the time; {Memory()}");
        return torch.Tensor.TotalCount <= warm;
    });

    private static async Task<bool> With(string root, Func<Uri, ScriptedUse, string, Task<bool>> run)
    {
        var artifacts = Directory.CreateTempSubdirectory("zfdecl-").FullName;
        try
        {
            using var context = new RunContext(new(DeclaredNetworks.All), new(new Dictionary<string, string> { ["artifacts"] = artifacts }), new ConsoleLog(TextWriter.Null, TextWriter.Null, terminal: false), root, default);
            await using var explorer = await Explorer.Start(context, new() { Patience = TimeSpan.FromSeconds(2), Requests = 100_000, Uploads = 100_000 }).ConfigureAwait(false);
            using var use = new ScriptedUse(explorer.Server.FirstAddress);
            return await run(explorer.Server.Address, use, artifacts).ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(artifacts, recursive: true);
        }
    }

    private static async Task<string> Said(ScriptedUse use)
    {
        var answer = await use.Ask("look", new { subject = new { image = "data:1" }, layer = "conv3" }).ConfigureAwait(false);
        return answer[..answer.IndexOf("\"milliseconds\"", StringComparison.Ordinal)];
    }

    private static string[] Files(string folder) => [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private static string Memory() => $"{GC.GetTotalMemory(forceFullCollection: false) / 1e6:F0} MB managed, {Environment.WorkingSet / 1e6:F0} MB";
}
