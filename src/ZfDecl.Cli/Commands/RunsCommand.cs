using System.Globalization;
using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Studies;
using ZfDecl.Cli.Terminal;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Primitives;
using ZfDecl.Messages;
using ZfDecl.Runs;

namespace ZfDecl.Cli.Commands;

/// <summary><c>-t:Runs</c>: lists the runs there are, shows some side by side, or deletes some.</summary>
internal static class RunsCommand
{
    private const string None = "–";

    public static int Run(RunContext context)
    {
        var (settings, log) = (context.Settings, context.Log);
        var artifacts = context.Artifacts();
        var only = settings.IsGiven(SettingTable.Spec) ? context.Networks.Find(settings.Value(SettingTable.Spec, "")).Info.Name : null;
        ListedRun[] runs = [.. ListedRun.In(artifacts).Where(run => only is null || run.Name.StartsWith($"{only}/", StringComparison.Ordinal))];
        if (settings.IsGiven(SettingTable.Compare))
            return Compare(Named(SettingTable.Compare), log);
        if (settings.IsGiven(SettingTable.Remove))
            return Remove(Named(SettingTable.Remove), runs, log);
        if (runs.Length == 0)
            log.Say($"there is no run in {artifacts} yet; make one with: dotnet msbuild -t:Train");
        foreach (var line in runs.Length == 0 ? [] : TextTable.Lines(["run", "data", "images", "accuracy", "state", "size", "began with", "date (UTC)"], "llrrlrll", runs.Select(Row)))
            log.Say(line);
        return 0;

        ListedRun[] Named(Key<string> key) => [.. settings.Value(key, "").Split(['+', ';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(name => Find(name, runs, key, artifacts)).Distinct()];
    }

    /// <summary>The run of a name, with or without its network's before it.</summary>
    /// <exception cref="ZfDeclException">ZF1407: there is none, or several networks have one.</exception>
    private static ListedRun Find(string name, ListedRun[] runs, Key key, string artifacts)
    {
        ListedRun[] found = [.. runs.Where(run => run.Name == name || run.Name.EndsWith($"/{name}", StringComparison.Ordinal))];
        return found switch
        {
            [var one] => one,
            [] => throw new ZfDeclException("ZF1407", $"{Settings.Property(key.Name)}={name}: there is no such run in {artifacts}{Nearest.Hint(name, runs.Select(run => name.Contains('/', StringComparison.Ordinal) ? run.Name : run.Name[(run.Name.IndexOf('/', StringComparison.Ordinal) + 1)..]))}; -t:Runs lists them"),
            _ => throw new ZfDeclException("ZF1407", $"{Settings.Property(key.Name)}={name}: there are {string.Join(" and ", found.Select(run => run.Name))}; name its network too"),
        };
    }

    private static string[] Row(ListedRun run) =>
    [
        run.Name, run.Record?.Setting("data") ?? None, Images(run), Accuracy(run), State(run), StudyDisk.Text(run.Bytes), BeganWith(run),
        run.Record?.Started.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? None,
    ];

    private static string BeganWith(ListedRun run) => run.Record switch
    {
        null => None,
        { Imported: { } file } => file.File,
        { Parent: { } parent } => parent.Name,
        _ => "new weights",
    };

    private static string Images(ListedRun run) => run.Record?.Result?.Validation is { } figures ? figures.Images.ToString("N0", CultureInfo.InvariantCulture) : None;

    private static string Accuracy(ListedRun run) => run.Record?.Result?.Best is { } best ? (1 - best.ValTop1Error).ToString("0.00 %", CultureInfo.InvariantCulture) : None;

    private static string State(ListedRun run) => run switch
    {
        { Record: null } => $"its record is damaged ({run.Problem})",
        { Record.Imported: not null } => "imported",
        { Record.Finished: not null } => "finished",
        { Record.Result.Final: { } last } => $"unfinished, after epoch {last.Epoch} of {run.Record.Setting("epochs") ?? "?"}",
        _ => "unfinished, in its first epoch",
    };

    /// <summary>What differs between runs, a column each; what they share is left out.</summary>
    private static int Compare(ListedRun[] runs, ConsoleLog log)
    {
        if (runs.Length < 2 || runs.Any(run => run.Record is null))
        {
            throw new ZfDeclException("ZF1408", runs.Length < 2
                ? "-p:Compare= takes two runs at least, such as -p:Compare=default+wider"
                : $"the record of {string.Join(", ", runs.Where(run => run.Record is null).Select(run => $"{run.Name} ({run.Problem})"))} cannot be read, so it cannot be compared");
        }
        var facts = runs.Select(run => Facts(run).DistinctBy(fact => fact.Name).ToDictionary(fact => fact.Name, fact => fact.Value)).ToArray();
        string[][] rows =
        [
            .. facts.SelectMany(one => one.Keys).Distinct().Select(name => (string[])[name, .. facts.Select(one => one.GetValueOrDefault(name, None))])
                .Where(row => row[0] == "accuracy" || row.Skip(1).Distinct().Count() > 1),
        ];
        foreach (var line in TextTable.Lines(["", .. runs.Select(run => run.Name)], new string('l', runs.Length + 1), rows))
            log.Say(line);
        log.Say("settings and figures that are the same are left out");
        return 0;
    }

    private static IEnumerable<(string Name, string Value)> Facts(ListedRun run)
    {
        var record = run.Record!;
        yield return ("accuracy", Accuracy(run));
        if (record.Result is { } result)
        {
            if (result.Validation is { } figures)
            {
                yield return ("its 95 % interval", figures.Interval.ToString());
                yield return ("balanced accuracy", figures.BalancedAccuracy.ToString("0.00 %", CultureInfo.InvariantCulture));
                yield return ("mean F1", figures.F1.ToString("0.00 %", CultureInfo.InvariantCulture));
                yield return ("validation images", figures.Images.ToString("N0", CultureInfo.InvariantCulture));
            }
            if (result.Best is { } best)
            {
                yield return ("validation loss", best.ValLoss.ToString("0.0000", CultureInfo.InvariantCulture));
                yield return ("kept epoch", best.Epoch.ToString(CultureInfo.InvariantCulture));
            }
            yield return ("seconds", result.Seconds.ToString("0", CultureInfo.InvariantCulture));
        }
        yield return ("state", State(run));
        yield return ("size", StudyDisk.Text(run.Bytes));
        yield return ("began with", BeganWith(run));
        yield return ("classes", string.Join(", ", record.Classes));
        yield return ("data SHA-256", record.DataHash[..Math.Min(12, record.DataHash.Length)]);
        yield return ("spec SHA-256", record.SpecHash[..Math.Min(12, record.SpecHash.Length)]);
        yield return ("seed", record.Seed.ToString(CultureInfo.InvariantCulture));
        foreach (var setting in record.Settings.Where(setting => setting.Name is not ("run" or "artifacts" or "resume" or "seed")))
            yield return (setting.Name, setting.Value);
        yield return ("ZfDecl", record.Versions.ZfDecl);
        yield return ("threads", record.Machine.Threads.ToString(CultureInfo.InvariantCulture));
    }

    private static int Remove(ListedRun[] runs, ListedRun[] all, ConsoleLog log)
    {
        foreach (var run in runs)
        {
            run.Remove();
            log.Say($"removed {run.Path}, {StudyDisk.Text(run.Bytes)}");
            string[] children = [.. all.Except(runs).Where(other => other.Record?.Parent?.Name == run.Name).Select(other => other.Name)];
            if (children.Length > 0)
                log.Say($"{string.Join(", ", children)} began with its weights, and {(children.Length == 1 ? "keeps its" : "keep their")} own");
        }
        return 0;
    }
}
