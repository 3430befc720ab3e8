using ZfDecl.Data.Batching;
using ZfDecl.Files;
using ZfDecl.Messages;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Runs;

/// <summary>
/// The folder <c>artifacts/{spec}/{run}/</c> of a run while it is trained. It is this process's alone until disposed; every file in it is written
/// whole or not at all.
/// </summary>
public sealed class RunDirectory : IDisposable
{
    internal const string SpecName = "spec.yaml";
    internal const string RecordName = "run.json";
    internal const string WeightsName = "weights.safetensors";
    internal const string InputName = "input.safetensors";
    internal const string MetricsName = "metrics.csv";
    internal const string LayersName = "layers.csv";
    internal const string NoSuchRun = "ZF1207";
    internal const string DuplicatesName = "duplicates.csv";
    internal const string CheckpointsName = "checkpoints";

    private readonly FileLock exclusive;
    private readonly CheckpointFolder checkpoints;
    private readonly EarlierRun? earlier;
    private RunRecord? record;

    private RunDirectory(string path, FileLock exclusive, CheckpointFolder checkpoints, EarlierRun? earlier)
    {
        Path = path;
        this.exclusive = exclusive;
        this.checkpoints = checkpoints;
        this.earlier = earlier;
    }

    /// <summary>The folder, as a full path.</summary>
    public string Path { get; }

    /// <summary>Where the best weights go.</summary>
    public string WeightsPath => System.IO.Path.Combine(Path, WeightsName);

    /// <summary>Where the training goes on from; null where it starts anew.</summary>
    public Checkpoint? Checkpoint => earlier?.Checkpoint;

    /// <summary>What the images of the run that goes on are preprocessed with; null where it starts anew, or where that file is damaged or carries no seal.</summary>
    public ImageStatistics? Statistics => earlier?.Statistics;

    /// <summary>The names of the classes of the run that goes on, in the order of its outputs; null where it starts anew.</summary>
    public IReadOnlyList<string>? Classes => earlier?.Record.Classes;

    /// <summary>Where a run's folder is, or would be.</summary>
    /// <param name="artifacts">The folder of all runs.</param>
    /// <param name="spec">The name of the network.</param>
    /// <param name="run">The name of the run.</param>
    /// <exception cref="ZfDeclException">ZF1206: a name is empty or has characters that names do not have.</exception>
    public static string PathOf(string artifacts, string spec, string run) => System.IO.Path.GetFullPath(
        System.IO.Path.Combine(artifacts, RunName.Checked(spec, "spec", "spec"), RunName.Checked(run, "run", "run")));

    /// <summary>
    /// Opens a run's folder for a new training. Where an earlier run of that name has left results, its folder is renamed to <c>{run}.1</c>,
    /// or the lowest number that is free, and the log says so.
    /// </summary>
    /// <param name="artifacts">The folder of all runs; made where it is not there.</param>
    /// <param name="spec">The name of the network.</param>
    /// <param name="run">The name of the run.</param>
    /// <param name="log">Hears of the earlier run.</param>
    /// <returns>The folder; the caller disposes it when the training has ended.</returns>
    /// <exception cref="ZfDeclException">ZF1206: a bad name; ZF1205: another process has the run; ZF1204: the folder cannot be written.</exception>
    public static RunDirectory OpenForTraining(string artifacts, string spec, string run, IRunLog log) =>
        Open(PathOf(artifacts, spec, run), run, _ => null, log);

    /// <summary>
    /// Opens a run's folder to go on with its training where that was stopped or killed. A run that is finished, or that left no checkpoint, is
    /// treated as <see cref="OpenForTraining"/> does.
    /// </summary>
    /// <param name="artifacts">The folder of all runs; made where it is not there.</param>
    /// <param name="run">The name of the run.</param>
    /// <param name="now">The record that a new run would have: the unfinished one must have the same network, settings, seed and data.</param>
    /// <param name="info">The network.</param>
    /// <param name="log">Hears what is decided.</param>
    /// <returns>The folder; the caller disposes it when the training has ended.</returns>
    /// <exception cref="ZfDeclException">
    /// ZF1212: an unfinished run differs, with every difference; ZF1211: all its checkpoints are damaged; ZF1202, ZF1208: its record is;
    /// ZF1206: a bad name; ZF1205: another process has the run; ZF1204: the folder cannot be written.
    /// </exception>
    public static RunDirectory OpenToResume(string artifacts, string run, RunRecord now, NetworkInfo info, IRunLog log)
    {
        var path = PathOf(artifacts, info.Name, run);
        return Open(path, run, checkpoints => EarlierRun.Find(path, checkpoints, now, info.ResolvedSpec, log), log);
    }

    /// <summary>Whether there are weights in the folder of a run.</summary>
    public static bool HasWeights(string path) => File.Exists(System.IO.Path.Combine(path, WeightsName));

    /// <summary>Which other networks have a run of that name, as the end of a sentence: <c>; there is one of Pictures: `spec=Pictures`</c>. Empty where none has.</summary>
    /// <param name="path">The folder that the run is not in.</param>
    public static string Elsewhere(string path)
    {
        var (artifacts, run) = (System.IO.Path.GetDirectoryName(System.IO.Path.GetDirectoryName(path)), System.IO.Path.GetFileName(path));
        string[] specs = !Directory.Exists(artifacts) ? [] :
            [.. Directory.EnumerateDirectories(artifacts).Where(spec => HasWeights(System.IO.Path.Combine(spec, run))).Select(spec => System.IO.Path.GetFileName(spec)!).Order(StringComparer.Ordinal)];
        return specs.Length == 0 ? "" : $"; there is one of {string.Join(", ", specs.Select(spec => $"{spec}: `spec={spec}`"))}";
    }

    /// <summary>Opens a run that was trained, to look at it.</summary>
    /// <param name="path">Its folder.</param>
    /// <exception cref="ZfDeclException">
    /// ZF1207: the folder or parts of it are missing; ZF1201, ZF1202, ZF1203, ZF1208: a part cannot be read or is malformed.
    /// </exception>
    public static FinishedRun OpenFinished(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        string[] missing = [.. new[] { RecordName, WeightsName, InputName }.Where(part => !File.Exists(System.IO.Path.Combine(path, part)))];
        if (missing.Length > 0)
        {
            var (spec, run) = (System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(path)), System.IO.Path.GetFileName(path));
            var finding = Directory.Exists(path) ? $"run '{path}' lacks {string.Join(", ", missing)}" : $"there is no run '{path}'{Elsewhere(path)}";
            throw new ZfDeclException(NoSuchRun, $"{finding}. It is made by: `train spec={spec} run={run}`", path);
        }
        return new(
            path,
            RunRecord.Read(System.IO.Path.Combine(path, RecordName)),
            System.IO.Path.Combine(path, WeightsName),
            InputFile.Read(System.IO.Path.Combine(path, InputName)));
    }

    /// <summary>Writes what is known before the first epoch: <c>spec.yaml</c>, <c>network.json</c>, <c>input.safetensors</c> and <c>run.json</c>.</summary>
    /// <param name="info">The network.</param>
    /// <param name="statistics">What its images are preprocessed with.</param>
    /// <param name="begun">The record of the run. One that goes on keeps its own, and notes there that it does.</param>
    /// <exception cref="ZfDeclException">ZF1204: a file cannot be written.</exception>
    public void Begin(NetworkInfo info, ImageStatistics statistics, RunRecord begun)
    {
        AtomicFile.WriteText(System.IO.Path.Combine(Path, SpecName), info.ResolvedSpec);
        NetworkRecord.Of(info, begun.Classes.Count).Write(Path);
        InputFile.Write(System.IO.Path.Combine(Path, InputName), statistics);
        WriteRecord(earlier is null ? begun : earlier.Record with
        {
            Resumptions = [.. earlier.Record.Resumptions, new(begun.Started, earlier.Checkpoint.Progress.Steps, begun.Versions, begun.Machine, begun.Group)],
        });
    }

    /// <summary>Writes the weights of a network as the run's best.</summary>
    /// <exception cref="ZfDeclException">ZF1204: the file cannot be written.</exception>
    public void SaveWeights(ConvNet network) => WeightsFile.Save(WeightsPath, network);

    /// <summary>Writes a state that the run can go on from, as soon as it is complete; the two newest are kept.</summary>
    /// <param name="progress">How far the training has come.</param>
    /// <param name="tensors">What <see cref="Checkpoint.ReadTensors"/> is to give back, by name. Not kept.</param>
    /// <exception cref="ZfDeclException">ZF1204: a file cannot be written; the older states are as they were.</exception>
    public void SaveCheckpoint(TrainingProgress progress, IEnumerable<KeyValuePair<string, Tensor>> tensors) => checkpoints.Save(progress, tensors);

    /// <summary>Writes the weights of a network as they are after an epoch, to stay: <c>checkpoints/epoch-0010.safetensors</c>.</summary>
    /// <exception cref="ZfDeclException">ZF1204: the file cannot be written.</exception>
    public void SaveSnapshot(ConvNet network, int epoch) => checkpoints.SaveSnapshot(network, epoch);

    /// <summary>Writes <c>metrics.csv</c>, one row per epoch, and <c>layers.csv</c>, one row per epoch and conv layer.</summary>
    /// <param name="epochs">All epochs so far, in order.</param>
    /// <param name="layers">Their conv layers, in order.</param>
    /// <exception cref="ZfDeclException">ZF1204: a file cannot be written.</exception>
    public void SaveMetrics(IEnumerable<EpochMetrics> epochs, IEnumerable<LayerMetrics> layers)
    {
        // Not flushed to the disk: a run that goes on makes its tables anew.
        CsvFile.Write(System.IO.Path.Combine(Path, MetricsName), Table(EpochMetrics.CsvHeader, epochs.Select(epoch => epoch.ToCsv())), durable: false);
        AtomicFile.WriteText(System.IO.Path.Combine(Path, LayersName), Table(LayerMetrics.CsvHeader, layers.Select(layer => layer.ToCsv())), durable: false);
    }

    /// <summary>Writes into <c>run.json</c> what the training has come to.</summary>
    /// <param name="result">So far.</param>
    /// <param name="finished">Whether that is the end of it; its checkpoints are deleted then, but for the weights that were kept after some epochs.</param>
    /// <exception cref="InvalidOperationException"><see cref="Begin"/> has not been called.</exception>
    /// <exception cref="ZfDeclException">ZF1204: the file cannot be written.</exception>
    public void SaveResult(TrainingResult result, bool finished)
    {
        var begun = record ?? throw new InvalidOperationException("a run has to begin before it has a result");
        WriteRecord(begun with { Result = result, Finished = finished ? DateTime.UtcNow : null, WeightsSha256 = finished && HasWeights(Path) ? RegularFile.Sha256(WeightsPath) : null });
        if (finished)
            checkpoints.DeleteAll();
    }

    /// <summary>Removes from the folder of a run what killed processes have left under way in it. What a living process of this machine is writing stays; so does, for 24 hours, what another machine was.</summary>
    /// <param name="path">The folder; nothing happens where there is none.</param>
    /// <param name="log">Is warned (ZF1223) of what is left to another machine.</param>
    /// <exception cref="ZfDeclException">ZF1204: something cannot be removed.</exception>
    public static void Clean(string path, IRunLog log) => Temporary.Clean(path, log);

    /// <summary>Says once which of a run's files carry no seal, because an earlier version wrote them; nothing where all do.</summary>
    /// <param name="path">The folder; nothing happens where there is none.</param>
    /// <param name="log">Hears of them.</param>
    public static void SayWhatIsUnsealed(string path, IRunLog log) => UnsealedFiles.Say(path, log);

    /// <summary>Lets others into the folder.</summary>
    public void Dispose() => exclusive.Dispose();

    private static RunDirectory Open(string path, string run, Func<CheckpointFolder, EarlierRun?> find, IRunLog log)
    {
        var exclusive = RunLock.Take(path);
        try
        {
            Temporary.Clean(path, log);
            var checkpoints = new CheckpointFolder(System.IO.Path.Combine(path, CheckpointsName));
            var earlier = find(checkpoints);
            if (earlier is null && HasResults(path, checkpoints))
                log.Say($"the earlier run '{run}' is kept as {MoveAside(path)}");
            Disk.Current.CreateFolder(path);
            return new(path, exclusive, checkpoints, earlier);
        }
        catch (Exception cause)
        {
            exclusive.Dispose();
            if (cause is IOException or UnauthorizedAccessException)
                throw FileFailure.CannotWrite(path, cause);
            throw;
        }
    }

    private static string Table(string header, IEnumerable<string> rows) => string.Concat(rows.Prepend(header).Select(row => row + "\n"));

    private void WriteRecord(RunRecord now)
    {
        now.Write(System.IO.Path.Combine(Path, RecordName));
        record = now;
    }

    // What is written before the first checkpoint is complete is worth nothing.
    private static bool HasResults(string path, CheckpointFolder checkpoints) => File.Exists(path) || checkpoints.HasAny || (Directory.Exists(path)
        && Directory.EnumerateFileSystemEntries(path).Select(entry => System.IO.Path.GetFileName(entry)).Any(name =>
            name is not (SpecName or NetworkRecord.FileName or RecordName or InputName or DuplicatesName or CheckpointsName) && !Temporary.Is(name)));

    private static string MoveAside(string path)
    {
        using var alone = RunLock.Move(path);
        var number = 1;
        while (Directory.Exists($"{path}.{number}") || File.Exists($"{path}.{number}"))
            number++;
        Disk.Current.MoveFolder(path, $"{path}.{number}");
        return $"{path}.{number}";
    }
}
