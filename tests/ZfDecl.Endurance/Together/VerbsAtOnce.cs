using System.Diagnostics;
using System.Text.RegularExpressions;
using ZfDecl.Endurance.Faults;
using ZfDecl.Files;
using ZfDecl.Messages;
using ZfDecl.Runs;

namespace ZfDecl.Endurance.Together;

/// <summary>Two commands at once, as processes of their own, on one run: the result of each is whole, or its error says what to do.</summary>
public sealed partial class VerbsAtOnce : IDisposable
{
    private const string Trained = "trained";

    private static readonly string[][] Commands =
    [
        ["train", "--epochs=2", "--batch=16"],
        ["visualize", "--layers=conv1", "--maps=1+3", "--top=2"],
        ["visualize", "--layers=conv1", "--maps=2", "--top=1", "--shard=1/2"],
        ["merge-shards", "--layers=conv1", "--maps=1+3", "--top=2"],
        ["evaluate"],
        ["evolve", "--layers=conv1", "--maps=1"],
        ["invariance", "--images=1"],
        ["diagnose"],
        ["project", "--image=1"],
        ["occlude", "--image=0", "--size=14", "--stride=14"],
        ["trust", "--images=2"],
        ["snapshot-test", "--render=no"],
        ["approve"],
        ["report"],
        ["transfer", "--per-class=1", "--folds=1", "--scratch=no", "--overlap=2", "--classes=0-3"],
        ["analyze-features", "--per-class=1", "--folds=1", "--overlap=2", "--classes=0-3", "--layers=pool5"],
    ];

    private readonly Workshop workshop = new();

    /// <summary>Trains the run, and looks at it once.</summary>
    public VerbsAtOnce()
    {
        foreach (var command in (string[][])[Commands[0], Commands[1], [.. Commands[1], "--shard=1/1"], ["evaluate"], ["report"]])
        {
            if (workshop.Run(command) is { Code: not 0 } failed)
                throw new InvalidOperationException(failed.Said);
        }
        workshop.Keep(Trained);
    }

    /// <summary>The pairs, each verb with itself among them, by their indices.</summary>
    public static IEnumerable<(int One, int Other)> Pairs => Enumerable.Range(0, Commands.Length).SelectMany(one => Enumerable.Range(one, Commands.Length - one).Select(other => (one, other)));

    /// <summary>The name of a pair.</summary>
    public static string NameOf((int One, int Other) pair) => $"{string.Join(' ', Commands[pair.One])} | {string.Join(' ', Commands[pair.Other])}";

    /// <summary>Runs two commands at once.</summary>
    /// <returns>What is wrong afterwards, a sentence each.</returns>
    public IReadOnlyList<string> Try((int One, int Other) pair)
    {
        workshop.Restore(Trained);
        using var one = Start(Commands[pair.One]);
        using var other = Start(Commands[pair.Other]);
        Task<string>[] said = [Listen(one), Listen(other)];
        if (!Task.WaitAll(said, TimeSpan.FromMinutes(3)))
            return ["they hang"];
        var problems = new List<string>();
        foreach (var (process, text) in new[] { one, other }.Zip(said.Select(task => task.Result)))
        {
            process.WaitForExit();
            if (process.ExitCode == 1 ? !Coded().IsMatch(text) || Strange().IsMatch(text) : process.ExitCode != 0)
                problems.Add($"ends with {process.ExitCode}: {(text.Length > 500 ? text[^500..] : text)}");
        }
        string[] told = ["snapshot-test"];                              // ends with 1: no picture is approved yet
        if (one.ExitCode != 0 && other.ExitCode != 0 && !told.Contains(Commands[pair.One][0]) && !told.Contains(Commands[pair.Other][0]))
            problems.Add($"neither ends well: {string.Join(" | ", said.Select(task => task.Result.TrimEnd()[^Math.Min(300, task.Result.TrimEnd().Length)..]))}");
        problems.AddRange(Damages());
        return problems;
    }

    /// <summary>Deletes the images and runs.</summary>
    public void Dispose() => workshop.Dispose();

    /// <summary>What is left behind, or carries a seal that does not hold.</summary>
    private IEnumerable<string> Damages()
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(workshop.Artifacts, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }))
        {
            if (Temporary.Is(Path.GetFileName(path)))
                yield return $"left behind: {path}";
            else if (Refusal(path) is { } refusal)
                yield return $"{path}: {refusal}";
        }
        var (code, said) = workshop.Run("report");
        if (code != 0 || said.Contains("warning", StringComparison.Ordinal))
            yield return $"the report afterwards ends with {code}: {said}";
    }

    private static string? Refusal(string path)
    {
        try
        {
            _ = Path.GetExtension(path) switch
            {
                ".csv" => CsvFile.Read(path),
                ".safetensors" => $"{SafeTensorsFile.TensorShapes(path).Count}",
                _ when Path.GetFileName(path) == "run.json" => $"{RunRecord.Read(path)}",
                _ => null,
            };
            return null;
        }
        catch (Exception damage) when (damage is ZfDeclException or InvalidDataException)
        {
            return damage.Message;
        }
    }

    private Process Start(string[] command) => Process.Start(new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ["exec", typeof(Cli.Host).Assembly.Location, .. workshop.Arguments(command)])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment = { ["OMP_WAIT_POLICY"] = "PASSIVE" },
    })!;

    private static async Task<string> Listen(Process process)
    {
        var errors = process.StandardError.ReadToEndAsync();
        return await process.StandardOutput.ReadToEndAsync() + await errors;
    }

    [GeneratedRegex("error ZF1[0-9]{3}: .{40}")]
    private static partial Regex Coded();

    // An internal error, and what nobody could act upon.
    [GeneratedRegex("ZF1000|Free some space|Make it writable")]
    private static partial Regex Strange();
}
