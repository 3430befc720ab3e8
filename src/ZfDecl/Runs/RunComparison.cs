namespace ZfDecl.Runs;

/// <summary>What differs between an unfinished run and the one that would go on with it.</summary>
internal static class RunComparison
{
    private const int LongestList = 20;

    // Where things are kept, and what is compared by itself.
    private static readonly string[] Irrelevant = ["spec", "run", "data", "root", "seed", "threads", "artifacts", "resume", "overlap", "start", "dry-run", "launch", "hosts", "timeout"];

    /// <summary>Everything that would make it another run, a text each.</summary>
    /// <param name="then">The record of the unfinished run.</param>
    /// <param name="specThen">Its resolved spec; null where that cannot be read.</param>
    /// <param name="now">The record that a new run would have.</param>
    /// <param name="specNow">The resolved spec as it is now.</param>
    internal static IEnumerable<string> Differences(RunRecord then, string? specThen, RunRecord now, string specNow)
    {
        if (then.Seed != now.Seed)
            yield return Changed("seed", then.Seed, now.Seed);
        if (then.DataHash != now.DataHash)
            yield return Changed("data", $"{then.Data} (SHA-256 {then.DataHash[..Math.Min(8, then.DataHash.Length)]}…)", $"{now.Data} (SHA-256 {now.DataHash[..Math.Min(8, now.DataHash.Length)]}…)");
        if (then.Parent?.WeightsSha256 != now.Parent?.WeightsSha256)
            yield return Changed("start", Beginning(then), Beginning(now));
        var settings = then.Settings.Concat(now.Settings).Select(setting => setting.Name).Distinct().Except(Irrelevant);
        foreach (var name in settings)
        {
            var (before, after) = (ValueOf(then, name), ValueOf(now, name));
            if (before != after)
                yield return Changed(name, before ?? "not there", after ?? "not there");
        }
        if (then.SpecHash == now.SpecHash)
            yield break;
        string[] linesThen = Lines(specThen ?? ""), linesNow = Lines(specNow);
        string[] gone = [.. linesThen.Except(linesNow)], come = [.. linesNow.Except(linesThen)];
        if (gone.Length + come.Length is 0 or > LongestList || specThen is null)
            yield return Changed("spec", $"SHA-256 {then.SpecHash}", now.SpecHash);
        else
            yield return Changed("spec", Quoted(gone), Quoted(come));
    }

    /// <summary>What lets it go on, but not to the very bytes of an uninterrupted run; a text each.</summary>
    internal static IEnumerable<string> Deviations(RunRecord then, RunRecord now)
    {
        if (then.Machine.Threads != now.Machine.Threads)
            yield return Changed("threads", then.Machine.Threads, now.Machine.Threads);
        if (Ranks(then) != Ranks(now))
            yield return Changed("ranks", Ranks(then), Ranks(now));
        if (then.Machine.Architecture != now.Machine.Architecture)
            yield return Changed("architecture", then.Machine.Architecture, now.Machine.Architecture);
        if (then.Versions.TorchSharp != now.Versions.TorchSharp)
            yield return Changed("TorchSharp", then.Versions.TorchSharp, now.Versions.TorchSharp);
        if (then.Versions.ZfDecl != now.Versions.ZfDecl)
            yield return Changed("ZfDecl", then.Versions.ZfDecl, now.Versions.ZfDecl);
    }

    private static int Ranks(RunRecord record) => (record.Resumptions is [.., var last] ? last.Group : record.Group)?.Ranks ?? 1;

    private static string Beginning(RunRecord record) => record.Parent is { } parent ? $"{parent.Name} (SHA-256 {parent.WeightsSha256[..Math.Min(8, parent.WeightsSha256.Length)]}…)" : "new weights";

    private static string? ValueOf(RunRecord record, string name) => record.Settings.FirstOrDefault(setting => setting.Name == name)?.Value;

    private static string[] Lines(string spec) => [.. spec.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private static string Quoted(string[] lines) => lines.Length == 0 ? "nothing" : string.Join(" and ", lines.Select(line => $"'{line}'"));

    private static string Changed(string what, object then, object now) => FormattableString.Invariant($"{what}: then {then}, now {now}");
}
