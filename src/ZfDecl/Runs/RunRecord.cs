using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using TorchSharp;
using ZfDecl.Data.Sets;
using ZfDecl.Files;
using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Runs;

/// <summary>What must be known to understand a run, or to repeat it: the content of <c>run.json</c>.</summary>
public sealed record RunRecord : IRecord
{
    /// <summary>The name of the network.</summary>
    public required string Spec { get; init; }

    /// <summary>SHA-256 of the resolved spec, lowercase hex.</summary>
    public required string SpecHash { get; init; }

    /// <summary>The seed of everything random.</summary>
    public required int Seed { get; init; }

    /// <summary>SHA-256 of the data, lowercase hex.</summary>
    public required string DataHash { get; init; }

    /// <summary>One line on the data.</summary>
    public required string Data { get; init; }

    /// <summary>The names of the classes, in the order of the network's outputs; empty where it has none.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>What was set, to what, and by whom.</summary>
    public required IReadOnlyList<RunSetting> Settings { get; init; }

    /// <summary>The programs that ran.</summary>
    public required RunVersions Versions { get; init; }

    /// <summary>The machine it ran on.</summary>
    public required RunMachine Machine { get; init; }

    /// <summary>The processes that shared the work; null for one alone.</summary>
    public RunGroup? Group { get; init; }

    /// <summary>The command that started it.</summary>
    public required string CommandLine { get; init; }

    /// <summary>What it began with; null for new weights.</summary>
    public RunParent? Parent { get; init; }

    /// <summary>The file that its weights were read from; null for a run that was trained.</summary>
    public ImportRecord? Imported { get; init; }

    /// <summary>When it began, UTC.</summary>
    public required DateTime Started { get; init; }

    /// <summary>When it went on after an interruption, in that order.</summary>
    public IReadOnlyList<RunResumption> Resumptions { get; init; } = [];

    /// <summary>When its last epoch ended, UTC; null while it runs, and where it was stopped or killed: it can then go on.</summary>
    public DateTime? Finished { get; init; }

    /// <summary>SHA-256 of its <c>weights.safetensors</c>, lowercase hex, which so stays as other programs write it; null until it is finished, and for runs of earlier versions.</summary>
    public string? WeightsSha256 { get; init; }

    /// <summary>What it has come to so far; null before the end of the first epoch.</summary>
    public TrainingResult? Result { get; init; }

    /// <summary>The value of a setting; null where the run has none of that name.</summary>
    public string? Setting(string name) => Settings.FirstOrDefault(setting => setting.Name == name)?.Value;

    /// <summary>The share of each class of the training images that validates instead of the validation images that the data has; null for none.</summary>
    /// <exception cref="ZfDeclException">ZF1208: what the record says is no share.</exception>
    [JsonIgnore]
    public double? Holdout => Setting("holdout") is not { } text ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share is > 0 and < 1 ? share
        : throw new ZfDeclException("ZF1208", $"the record of the run says that '{text}' of the training images validates, which is no number between 0 and 1; train again under another name");

    /// <summary>The part of the training images that validates, where they were divided into several for as many runs; null for none.</summary>
    /// <exception cref="ZfDeclException">ZF1208: what the record says is no such part.</exception>
    [JsonIgnore]
    public DataFold? Fold => (Setting("fold"), Setting("folds")) switch
    {
        (null, null) => null,
        var (number, count) when int.TryParse(number, CultureInfo.InvariantCulture, out var part) && int.TryParse(count, CultureInfo.InvariantCulture, out var parts) && part >= 1 && part <= parts => new(part, parts),
        var (number, count) => throw new ZfDeclException("ZF1208", $"the record of the run says that '{number}' of '{count}' parts of the training images validates, which is none; train again under another name"),
    };

    /// <summary>The part of a data set that the run was trained on: its classes where somebody had named some, in the run's order.</summary>
    /// <param name="data">The data; owned by the result from here on. Where it throws, it is disposed.</param>
    /// <param name="several">Whether images that hold objects of several classes will do.</param>
    public ImageData Select(ImageData data, bool several = false) => Setting("classes") is null ? data.Only(null, several) : data.OnlyNamed(Classes);

    /// <summary>The record of a run that begins now, in this process.</summary>
    /// <param name="info">The network.</param>
    /// <param name="data">What it is trained on.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="settings">The settings as they are in force, each with its origin.</param>
    /// <param name="commandLine">The command that started it.</param>
    public static RunRecord Begin(NetworkInfo info, ImageData data, int seed, IReadOnlyList<RunSetting> settings, string commandLine) => new()
    {
        Spec = info.Name,
        SpecHash = info.SpecHash,
        Seed = seed,
        DataHash = data.Hash,
        Data = data.Description,
        Classes = data.Train.Classes,
        Settings = settings,
        Versions = RunVersions.Current,
        Machine = RunMachine.Current,
        CommandLine = commandLine,
        Started = DateTime.UtcNow,
    };

    /// <summary>Writes it as JSON.</summary>
    /// <exception cref="ZfDeclException">ZF1204: the file cannot be written.</exception>
    public void Write(string path) => RecordJson.Write(path, this);

    /// <summary>Reads it back.</summary>
    /// <exception cref="ZfDeclException">ZF1202: the file cannot be read; ZF1208: it is no such record; ZF1221: a newer version made it; ZF1220, ZF1222: it is no regular file, or too large.</exception>
    public static RunRecord Read(string path) => RecordJson.Read<RunRecord>(path);

    static RecordKind IRecord.Kind { get; } = new("ZF1208", "this is not the record of a run", "Train again under another name");

    IEnumerable<string> IRecord.Problems()
    {
        if (PlainName.Flaw(Spec) is { } flaw)
            yield return $"'spec' is '{Spec}', and {flaw}";
        if (Classes.Count < 2 && (Classes.Count > 0 || Imported is null))
            yield return $"'classes' has {Quantity.Of(Classes.Count, "entry", "entries")}, and a network tells at least 2 apart, or none where it was imported";
        if (Settings.Any(setting => setting.Name.Length == 0))
            yield return "a setting of 'settings' has no name";
        if (Resumptions.Any(resumption => resumption.Steps < 0))
            yield return "'steps' of 'resumptions' is below 0";
        if (Result is { } result && new[] { result.Best, result.Final }.Any(epoch => epoch is { Epoch: < 1 }))
            yield return "an epoch of 'result' is below 1";
    }
}

/// <summary>A setting of a run.</summary>
/// <param name="Name">For example <c>Epochs</c>.</param>
/// <param name="Value">As text, for example <c>12</c>.</param>
/// <param name="Origin">Where it comes from, <c>default</c>, <c>spec</c>, <c>run</c> (the one that is looked at) or <c>property</c>.</param>
public sealed record RunSetting(string Name, string Value, string Origin);

/// <summary>A run that went on where it had stopped.</summary>
/// <param name="Started">When, UTC.</param>
/// <param name="Steps">Steps that had been taken before.</param>
/// <param name="Versions">The programs that ran from then on.</param>
/// <param name="Machine">The machine it ran on from then on.</param>
/// <param name="Group">The processes that shared the work from then on; null for one alone.</param>
public sealed record RunResumption(DateTime Started, long Steps, RunVersions Versions, RunMachine Machine, RunGroup? Group = null);

/// <summary>The processes that share the work of a run.</summary>
/// <param name="Ranks">How many.</param>
/// <param name="Hosts">The name of each rank's host.</param>
/// <param name="Launcher">What has started them, as the user gave it.</param>
/// <param name="Carrier">What carries their messages, for example <c>Open MPI v4.1.4</c>.</param>
public sealed record RunGroup(int Ranks, IReadOnlyList<string> Hosts, string Launcher, string Carrier);

/// <summary>The programs that ran.</summary>
/// <param name="ZfDecl">The version of this library.</param>
/// <param name="TorchSharp">The version of TorchSharp.</param>
/// <param name="DotNet">The version of the .NET runtime.</param>
public sealed record RunVersions(string ZfDecl, string TorchSharp, [property: JsonPropertyName("dotnet")] string DotNet)
{
    /// <summary>Those of this process.</summary>
    public static RunVersions Current => new(VersionOf(typeof(RunVersions).Assembly), VersionOf(typeof(torch).Assembly), Environment.Version.ToString());

    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? assembly.GetName().Version?.ToString() ?? "unknown";
}

/// <summary>The machine that a run ran on.</summary>
/// <param name="OperatingSystem">As the system describes itself.</param>
/// <param name="Architecture">Of the process, for example <c>X64</c>.</param>
/// <param name="Cores">Logical processors that the process may use.</param>
/// <param name="Threads">Threads that tensor operations use: a repetition to the byte needs as many.</param>
public sealed record RunMachine(string OperatingSystem, string Architecture, int Cores, int Threads)
{
    /// <summary>This machine.</summary>
    public static RunMachine Current =>
        new(RuntimeInformation.OSDescription, RuntimeInformation.ProcessArchitecture.ToString(), Environment.ProcessorCount, torch.get_num_threads());
}
