using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TorchSharp;
using ZfDecl.Cli.Commands;
using ZfDecl.Data;
using ZfDecl.Runs;
using ZfDecl.Studies;
using ZfDecl.Training;

namespace ZfDecl.Cli.Studies;

/// <summary>
/// Trains the rows of a study, each with each seed as an ordinary run, and compares them. What is finished is not repeated: neither rows nor, where it was
/// killed between the two, runs; an unfinished run goes on where it was.
/// </summary>
/// <param name="context">The verb's. Its settings <c>data</c>, <c>epochs</c>, <c>batch</c>, <c>threads</c> and <c>device</c> hold for every row that says nothing else.</param>
/// <param name="study">What is trained.</param>
/// <param name="verb">For example <c>Ablate</c>.</param>
internal sealed class StudyRunner(RunContext context, Study study, string verb)
{
    private readonly List<string> failed = [];
    private readonly Dictionary<int, ImageHash> hashes = [];
    private readonly string artifacts = context.Artifacts();

    /// <summary>Trains what is not finished, writes the comparison and shows it.</summary>
    /// <returns>0; 1 where a row has failed, of which the log has heard.</returns>
    /// <exception cref="OperationCanceledException">It was stopped; the same command goes on.</exception>
    /// <exception cref="ZfDeclException">ZF1205: another process has the study; ZF1423: a file of it is damaged; ZF1204: a file cannot be written.</exception>
    public int Run()
    {
        var (log, device) = (context.Log, context.Device());
        var jobs = (from row in study.Rows from seed in study.Seeds select new Job(row, seed, RunName(row, seed))).ToList();
        foreach (var name in RowOverrides.Names.Append("data").Where(context.Settings.IsGiven))
            context.Settings.Text(name, "");
        context.Settings.Report(log);
        log.Say(string.Create(CultureInfo.InvariantCulture, $"{study.Title}: {study.Rows.Count} rows, {jobs.Count} trainings"));
        using var folder = new StudyDirectory<TrainedRow>(Path.Combine(artifacts, "studies", study.Name), Begin());
        var results = new Dictionary<Job, TrainedRow>();
        var (began, work) = (Stopwatch.GetTimestamp(), 0.0);
        foreach (var job in jobs)
        {
            context.Stop.ThrowIfCancellationRequested();
            try
            {
                var key = Key(job);
                if (folder.Find(key) is not { } result)
                {
                    log.Say($"row {jobs.IndexOf(job) + 1}/{jobs.Count}: {job.Row.Label}, seed {job.Seed}{Left(jobs, job, began, work)}");
                    Train(job);
                    folder.Add(key, result = Measure(job, device));
                    work += Work(job);
                }
                results[job] = result;
            }
            catch (ZfDeclException failure)
            {
                failed.Add(job.Run);
                log.Error(failure.Code, $"row '{job.Row.Label}', seed {job.Seed}: {failure.Message}", failure.File);
            }
        }
        Conclude(folder, results);
        return failed.Count == 0 ? 0 : 1;
    }

    private void Conclude(StudyDirectory<TrainedRow> folder, Dictionary<Job, TrainedRow> results)
    {
        ComparedRow[] rows =
        [
            .. from row in study.Rows
               let seeds = results.Where(result => result.Key.Row == row).Select(result => result.Value).ToArray()
               where seeds.Length > 0
               select new ComparedRow(row.Label, row.Network.Info.Name, seeds, row.Published),
        ];
        if (failed.Count > 0)
            context.Log.Error("ZF1472", $"{failed.Count} of {study.Rows.Count * study.Seeds.Count} trainings failed: {string.Join(", ", failed)}; the same command tries them again");
        if (rows.Length == 0)
            return;
        ComparisonFiles.Write(folder.Path, study.Title, Text, rows);
        if (failed.Count == 0)
            folder.Finish();
        foreach (var line in Table(rows))
            context.Log.Say(line);
        context.Log.Say($"errors in %, of the kept weights, on all images without augmentation; errors.png, table.csv, rows.csv and study.json in {folder.Path}");
    }

    private static IReadOnlyList<string> Text =>
    [
        "Every row is trained from new weights with each seed; its epoch with the lowest validation error is kept. "
        + "The training error is measured with the kept weights on all training images, each seen once, without augmentation and without dropout.",
    ];

    private static IEnumerable<string> Table(ComparedRow[] rows)
    {
        var published = Array.Exists(rows, row => row.Published is not null);
        return TextTable.Lines(
            ["", "row", "seeds", "train top-1", "val top-1", "val top-5", "parameters", "seconds", .. published ? ["paper: train / val / top-5"] : Array.Empty<string>()],
            "rlrrrrrr" + (published ? "r" : ""),
            rows.Index().Select(row => (string[])
            [
                $"{row.Index + 1}", row.Item.Label, $"{row.Item.Seeds.Count}", $"{row.Item.Train}", $"{row.Item.Val}", $"{row.Item.Top5}",
                row.Item.Seeds[0].Parameters.ToString("N0", CultureInfo.InvariantCulture), row.Item.Seeds.Average(seed => seed.Seconds).ToString("0", CultureInfo.InvariantCulture),
                .. published ? [Published(row.Item.Published)] : Array.Empty<string>(),
            ]));
    }

    private static string Published(PublishedErrors? errors) =>
        errors is null ? "" : string.Join(" / ", new[] { errors.Train, errors.Val, errors.Top5 }.Select(value => value?.ToString("0.0", CultureInfo.InvariantCulture) ?? "–"));

    private string RunName(StudyRow row, int seed) => FormattableString.Invariant($"{study.Name}-{row.Slug}-s{seed}");

    /// <summary>What the run of a job is given.</summary>
    private RunContext Of(Job job)
    {
        var given = new Dictionary<string, string>(job.Row.Overrides)
        {
            ["spec"] = job.Row.Network.Info.Name,
            ["run"] = job.Run,
            ["seed"] = job.Seed.ToString(CultureInfo.InvariantCulture),
            ["artifacts"] = artifacts,
        };
        if (study.Data is { } data)
            given["data"] = data;
        foreach (var name in RowOverrides.Names.Append("threads").Append("device").Append("data").Where(context.Settings.IsGiven))
            given.TryAdd(name, context.Settings.Text(name, ""));
        if (context.Settings.IsGiven("data"))
            given["data"] = context.Settings.Text("data", "");
        return context with { Settings = new(given) };
    }

    private void Train(Job job)
    {
        var path = RunDirectory.PathOf(artifacts, job.Row.Network.Info.Name, job.Run);
        if (IsFinished(path, job))
            return;
        if (TrainCommand.Run(Of(job)) == Host.Interrupted)
            throw new OperationCanceledException(context.Stop);
    }

    /// <summary>Whether a run is there that was made by the same row: it may have been killed before its errors were measured.</summary>
    private bool IsFinished(string path, Job job)
    {
        if (!RunDirectory.HasWeights(path))
            return false;
        var run = RunDirectory.OpenFinished(path).Record;
        return run.Finished is not null && run.SpecHash == job.Row.Network.Info.SpecHash && run.Seed == job.Seed && run.DataHash == Hash(job).Hash
            && Recipe(job).All(setting => run.Setting(setting.Key) == setting.Value);
    }

    private TrainedRow Measure(Job job, torch.Device device)
    {
        var (entry, log) = (job.Row.Network, context.Log);
        var run = RunDirectory.OpenFinished(RunDirectory.PathOf(artifacts, entry.Info.Name, job.Run));
        var best = run.Record.Result?.Best ?? throw new ZfDeclException("ZF1207", $"run '{run.Path}' has finished no epoch; train it anew with -p:Resume=no", run.Path);
        using var data = Open(job);
        using var network = run.LoadNetwork(entry, log);
        network.to(device);
        var preprocessor = new Preprocessor(entry.Info.Input, data.Train.Shape, entry.Info.Recipe.Preprocess, run.Statistics);
        var train = Evaluation.Measure(network, data.Train, preprocessor, entry.Info.Recipe.Train.Batch, device, log, context.Stop);
        var parameters = network.parameters().Sum(parameter => parameter.numel());
        return new(job.Row.Label, entry.Info.Name, job.Run, job.Seed, train.Top1Error, best.ValTop1Error, best.ValTop5Error, parameters, run.Record.Result.Seconds);
    }

    private ImageData Open(Job job)
    {
        var (info, own) = (job.Row.Network.Info, Of(job));
        return ImageFolder.Open(own.Data(info), info.Input, info.Recipe.Preprocess, job.Seed, new SilentLog());
    }

    /// <summary>The data of a seed, which splits it: it is the same for all rows, unless their specs name their own.</summary>
    private ImageHash Hash(Job job)
    {
        if (hashes.TryGetValue(job.Seed, out var known) && (study.Data is not null || context.Settings.IsGiven("data") || known.Spec == job.Row.Network.Info.Name))
            return known;
        using var data = Open(job);
        return hashes[job.Seed] = new(job.Row.Network.Info.Name, data.Hash, data.Description);
    }

    /// <summary>The numbers of the recipe that a row may override, as its run keeps them.</summary>
    private Dictionary<string, string> Recipe(Job job)
    {
        var (train, settings) = (job.Row.Network.Info.Recipe.Train, Of(job).Settings);
        settings.WholeNumber("epochs", train.Epochs, min: 1);
        settings.WholeNumber("batch", train.Batch, min: 1);
        settings.Number("learning-rate", train.LearningRate, above: 0);
        if (settings.IsGiven("patience"))
            settings.WholeNumberOrNone("patience", null, written: false, min: 1);
        return settings.Used.Where(setting => RowOverrides.Names.Contains(setting.Name)).ToDictionary(setting => setting.Name, setting => setting.Value);
    }

    private string Key(Job job)
    {
        var identity = string.Join('\n', [job.Row.Network.Info.SpecHash, Hash(job).Hash, .. Recipe(job).Select(setting => $"{setting.Key} {setting.Value}")]);
        return $"{job.Run} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..8]}";
    }

    private StudyRecord Begin()
    {
        var first = new Job(study.Rows[0], study.Seeds[0], RunName(study.Rows[0], study.Seeds[0]));
        return new()
        {
            Study = $"{verb} {study.Name}",
            Networks = [.. study.Rows.Select(row => row.Network.Info).DistinctBy(info => info.Name).Select(info => new StudiedNetwork(info.Name, info.SpecHash, "trained by the study", null))],
            Seed = study.Seeds[0],
            DataHash = Hash(first).Hash,
            Data = hashes[first.Seed].Description,
            Settings = context.Recorded(),
            CommandLine = context.CommandOf(verb),
            Notes = [.. Text, $"seeds {string.Join(", ", study.Seeds)}"],
        };
    }

    /// <summary>Passes times multiply-adds: rows of one data set take times in this ratio, roughly.</summary>
    private double Work(Job job) => int.Parse(Recipe(job)["epochs"], CultureInfo.InvariantCulture) * (double)job.Row.Network.Info.MultiplyAdds;

    private string Left(List<Job> jobs, Job job, long began, double done)
    {
        if (done == 0)
            return "";
        var left = jobs.Skip(jobs.IndexOf(job)).Sum(Work);
        return string.Create(CultureInfo.InvariantCulture, $"; about {Stopwatch.GetElapsedTime(began).TotalMinutes * left / done:0.0} minutes left");
    }

    private sealed record Job(StudyRow Row, int Seed, string Run);

    private sealed record ImageHash(string Spec, string Hash, string Description);
}
