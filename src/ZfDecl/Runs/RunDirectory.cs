using ZfDecl.Data;
using ZfDecl.Networks;

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
    private const int LongestName = 100;

    private readonly RunLock exclusive;
    private RunRecord? record;

    private RunDirectory(string path, RunLock exclusive)
    {
        Path = path;
        this.exclusive = exclusive;
    }

    /// <summary>The folder, as a full path.</summary>
    public string Path { get; }

    /// <summary>Where the best weights go.</summary>
    public string WeightsPath => System.IO.Path.Combine(Path, WeightsName);

    /// <summary>Where a run's folder is, or would be.</summary>
    /// <param name="artifacts">The folder of all runs.</param>
    /// <param name="spec">The name of the network.</param>
    /// <param name="run">The name of the run.</param>
    /// <exception cref="ZfDeclException">ZF1206: a name is empty or has characters that names do not have.</exception>
    public static string PathOf(string artifacts, string spec, string run) => System.IO.Path.GetFullPath(
        System.IO.Path.Combine(artifacts, CheckedName(spec, "spec", "Spec"), CheckedName(run, "run", "Run")));

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
    public static RunDirectory OpenForTraining(string artifacts, string spec, string run, IRunLog log)
    {
        var path = PathOf(artifacts, spec, run);
        var exclusive = RunLock.Take(path);
        try
        {
            if (HasResults(path))
                log.Say($"the earlier run '{run}' is kept as {MoveAside(path)}");
            Directory.CreateDirectory(path);
            return new(path, exclusive);
        }
        catch (Exception cause)
        {
            exclusive.Dispose();
            if (cause is IOException or UnauthorizedAccessException)
                throw AtomicFile.CannotWrite(path, cause);
            throw;
        }
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
            var finding = Directory.Exists(path) ? $"run '{path}' lacks {string.Join(", ", missing)}" : $"there is no run '{path}'";
            throw new ZfDeclException("ZF1207", $"{finding}. It is made by: dotnet msbuild -t:Train -p:Spec={spec} -p:Run={run}", path);
        }
        return new(
            path,
            RunRecord.Read(System.IO.Path.Combine(path, RecordName)),
            System.IO.Path.Combine(path, WeightsName),
            InputFile.Read(System.IO.Path.Combine(path, InputName)));
    }

    /// <summary>Writes what is known before the first epoch: <c>spec.yaml</c>, <c>input.safetensors</c> and <c>run.json</c>.</summary>
    /// <param name="info">The network.</param>
    /// <param name="statistics">What its images are preprocessed with.</param>
    /// <param name="begun">The record of the run.</param>
    /// <exception cref="ZfDeclException">ZF1204: a file cannot be written.</exception>
    public void Begin(NetworkInfo info, ImageStatistics statistics, RunRecord begun)
    {
        AtomicFile.WriteText(System.IO.Path.Combine(Path, SpecName), info.ResolvedSpec);
        InputFile.Write(System.IO.Path.Combine(Path, InputName), statistics);
        WriteRecord(begun);
    }

    /// <summary>Writes the weights of a network as the run's best.</summary>
    /// <exception cref="ZfDeclException">ZF1204: the file cannot be written.</exception>
    public void SaveWeights(ConvNet network) => WeightsFile.Save(WeightsPath, network);

    /// <summary>Writes <c>metrics.csv</c>, a row an epoch.</summary>
    /// <param name="epochs">All epochs so far, in order.</param>
    /// <exception cref="ZfDeclException">ZF1204: the file cannot be written.</exception>
    public void SaveMetrics(IEnumerable<EpochMetrics> epochs) => AtomicFile.WriteText(
        System.IO.Path.Combine(Path, MetricsName), string.Concat(epochs.Select(epoch => epoch.ToCsv()).Prepend(EpochMetrics.CsvHeader).Select(line => line + "\n")));

    /// <summary>Writes into <c>run.json</c> what the training has come to.</summary>
    /// <param name="result">So far.</param>
    /// <param name="finished">Whether that is the end of it.</param>
    /// <exception cref="InvalidOperationException"><see cref="Begin"/> has not been called.</exception>
    /// <exception cref="ZfDeclException">ZF1204: the file cannot be written.</exception>
    public void SaveResult(TrainingResult result, bool finished)
    {
        var begun = record ?? throw new InvalidOperationException("a run has to begin before it has a result");
        WriteRecord(begun with { Result = result, Finished = finished ? DateTime.UtcNow : null });
    }

    /// <summary>Lets others into the folder.</summary>
    public void Dispose() => exclusive.Dispose();

    private void WriteRecord(RunRecord now)
    {
        now.Write(System.IO.Path.Combine(Path, RecordName));
        record = now;
    }

    private static bool HasResults(string path) => File.Exists(path) || (Directory.Exists(path)
        && Directory.EnumerateFileSystemEntries(path).Any(entry => System.IO.Path.GetFileName(entry) is not (SpecName or RecordName or InputName)));

    private static string MoveAside(string path)
    {
        var number = 1;
        while (Directory.Exists($"{path}.{number}") || File.Exists($"{path}.{number}"))
            number++;
        Directory.Move(path, $"{path}.{number}");
        return $"{path}.{number}";
    }

    // Letters, digits and a few signs: names become folders on every system and stand in commands unquoted.
    private static string CheckedName(string name, string what, string property)
    {
        var valid = name.Length is > 0 and <= LongestName && IsWordSign(name[0]) && IsWordSign(name[^1])
            && name.All(sign => IsWordSign(sign) || sign is '.' or '-' or '+' or '=') && !name.Contains("..", StringComparison.Ordinal);
        return valid ? name : throw new ZfDeclException("ZF1206",
            $"'{name}' is no name for a {what}; allowed are up to {LongestName} letters, digits and the signs . _ - + = between them. Choose another with -p:{property}=…");
    }

    private static bool IsWordSign(char sign) => char.IsLetterOrDigit(sign) || sign == '_';
}
