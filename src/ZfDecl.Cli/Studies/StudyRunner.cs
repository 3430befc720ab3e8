using System.Globalization;
using TorchSharp;
using ZfDecl.Cli.Configuration;
using ZfDecl.Data.Layouts;
using ZfDecl.Files;
using ZfDecl.Generators.Language;
using ZfDecl.Messages;
using ZfDecl.Runs;
using ZfDecl.Studies.Comparison;
using ZfDecl.Training.DataParallel;

namespace ZfDecl.Cli.Studies;

/// <summary>
/// Trains the rows of a study, each with each seed as an ordinary run, and compares them. What is finished is not repeated: neither rows nor, where it was
/// killed between the two, runs; an unfinished run goes on where it was.
/// </summary>
/// <param name="context">The verb's. Its <c>data</c>, <c>classes</c>, <c>holdout</c> and <c>device</c> hold for every row, those of the recipe for every row that says nothing else.</param>
/// <param name="study">What is trained.</param>
/// <param name="verb">For example <c>Ablate</c>.</param>
/// <param name="train">Trains one network in this process, as Train does, and returns the exit code.</param>
internal sealed class StudyRunner(RunContext context, Study study, string verb, Func<RunContext, int> train)
{
    private readonly string artifacts = context.Artifacts();
    private readonly StudyImages images = new(context);
    private readonly Dictionary<string, TrainedRow> results = [];           // by run
    private readonly List<string> failed = [];
    private RowMeasurement? measurement;

    /// <summary>Trains what is not finished, writes the comparison and shows it.</summary>
    /// <returns>0; 1 where a row has failed, of which the log has heard.</returns>
    /// <exception cref="OperationCanceledException">It was stopped; the same command goes on.</exception>
    /// <exception cref="ZfDeclException">ZF1205: another process has the study; ZF1423: a file of it is damaged; ZF1204: a file cannot be written.</exception>
    public int Run()
    {
        var (settings, log) = (context.Settings, context.Log);
        var processes = settings.Value(SettingTable.Jobs);
        if (processes > 1)
            context.NeedAlone(SettingTable.Jobs);
        torch.set_num_threads(Math.Max(1, torch.get_num_threads() / processes));
        measurement = new(images, artifacts, context.Device(), isShown: processes == 1 && context.Group.Size == 1);
        foreach (var key in RecipeSettings.Keys.Concat([SettingTable.Data, SettingTable.Root, SettingTable.Classes, SettingTable.Holdout, SettingTable.Resume]).Where(settings.IsGiven))
            settings.Value(key, null);
        StudyJob[] jobs = [.. from seed in study.Seeds from row in study.Rows select Job(row, seed)];        // stopped early, it has every row
        settings.Report(log);
        log.Say(string.Create(CultureInfo.InvariantCulture, $"{study.Title}: {study.Rows.Count} rows, {jobs.Length} trainings"));

        CheckRanks(jobs);
        if (context.Group.Rank > 0)
        {
            Trainer(processes).Train(jobs, (_, _) => { }, _ => { });         // rank 0 says which of them are left
            return 0;
        }
        using var folder = new StudyDirectory<TrainedRow>(Path.Combine(artifacts, "studies", RunName.Checked(study.Name, "study", "Study")), Begin(jobs[0]), log);
        var left = new List<StudyJob>();
        foreach (var job in jobs)
            Try(job, () => Begin(job, left, folder));
        SayWhatWasTrainedOtherwise();
        if (left.Count > 0)
            StudyDisk.Say(log, artifacts, left, Math.Max(processes, context.Group.Size));
        var progress = new StudyProgress(log, left, jobs.Length);
        try
        {
            if (left.Count > 0 || !context.Group.IsAlone)
                Trainer(processes).Train(left, progress.Begins, ended => End(ended, folder, progress));
        }
        catch (OperationCanceledException)
        {
            log.Say("stopped; what was under way is saved, and the same command goes on from there");
            throw;
        }
        Conclude(folder, jobs);
        return failed.Count == 0 ? 0 : 1;
    }

    private void End(EndedJob ended, StudyDirectory<TrainedRow> folder, StudyProgress progress)
    {
        Try(ended.Job, () => Keep(ended.Failure is null ? ended.Job : throw ended.Failure, folder, ended.Row));
        progress.Ended(ended.Job);
    }

    private IStudyTrainer Trainer(int processes) => !context.Group.IsAlone ? new RankedTrainer(context, train, measurement!.Of)
        : processes == 1 ? new OneByOneTrainer(context, train) : new SideBySideTrainer(context, processes);

    /// <summary>Checks that all ranks compare the same networks, recipes and images, and see the folder of runs; collective.</summary>
    private void CheckRanks(StudyJob[] jobs)
    {
        if (context.Group.IsAlone)
            return;
        context.NeedShared(artifacts);
        RankAgreement.Check(context.Group, ("version", RunVersions.Current.ZfDecl), ("study", string.Join(" | ", jobs.Select(job => job.Key(HashOf(job))))));

        // One that cannot be read is a fault of its row alone, which whoever trains it says.
        string HashOf(StudyJob job)
        {
            try
            {
                return images.Of(job).Hash;
            }
            catch (ZfDeclException failure)
            {
                return failure.Code;
            }
        }
    }

    private string NameOfRun(StudyRow row, int seed) => FormattableString.Invariant($"{study.Name}-{row.Slug}-s{seed}");

    private StudyJob Job(StudyRow row, int seed)
    {
        var given = new Dictionary<string, string>(row.Overrides)
        {
            ["spec"] = row.Network.Info.Name,
            ["run"] = NameOfRun(row, seed),
            ["seed"] = seed.ToString(CultureInfo.InvariantCulture),
            ["threads"] = torch.get_num_threads().ToString(CultureInfo.InvariantCulture),
            ["artifacts"] = artifacts,
        };
        // What is compared is trained as its recipe says, however few the images are.
        given.TryAdd(TrainKeys.Epochs.Name, TrainKeys.Epochs.Show(context.Settings.IsGiven(TrainKeys.Epochs) ? context.Settings.Value(TrainKeys.Epochs) : row.Network.Info.Recipe.Train.Epochs));
        if (study.Data is { } data)
            given["data"] = data;
        if (context.Settings.IsGiven(SettingTable.Data))
            given["data"] = context.Settings.FilePath(SettingTable.Data, null, words: ImageFolder.BuiltIn)!;
        if (context.ListRoot() is { } root)
            given["root"] = root;
        foreach (var key in RecipeSettings.Keys.Concat([SettingTable.Classes, SettingTable.Holdout, SettingTable.Device, SettingTable.Resume]).Where(context.Settings.IsGiven))
            given.TryAdd(key.Name, key.Show(context.Settings.Value(key, null)));
        return new(row, seed, NameOfRun(row, seed), given);
    }

    /// <summary>Finds what there is of a job already.</summary>
    private void Begin(StudyJob job, List<StudyJob> left, StudyDirectory<TrainedRow> folder)
    {
        context.Stop.ThrowIfCancellationRequested();
        var hash = images.Of(job).Hash;
        var (run, isThere) = FindRun(job);
        if (folder.Find(job.Key(hash)) is { } known)
            results[job.Run] = known;
        else if (run?.Finished is not null && job.IsOf(run, hash))
            Keep(job, folder);              // it was killed before its errors were measured
        else if (run is not null && job.IsOf(run, hash))
            left.Add(WithItsThreads(job, run));
        else
            left.Add(isThere ? job.With("resume", "no") : job);         // a run of another recipe is kept aside
    }

    private (RunRecord? Run, bool IsThere) FindRun(StudyJob job)
    {
        var path = RunDirectory.PathOf(artifacts, job.Network.Name, job.Run);
        var record = Path.Combine(path, RunDirectory.RecordName);
        if (!File.Exists(record))
            return (null, false);
        try
        {
            return RunRecord.Read(record) is var run && (run.Finished is null || RunDirectory.HasWeights(path)) ? (run, true) : (null, true);
        }
        catch (ZfDeclException damaged) when (damaged.Code is "ZF1208")
        {
            return (null, true);
        }
    }

    private StudyJob WithItsThreads(StudyJob job, RunRecord run)
    {
        if (run.Machine.Threads == torch.get_num_threads())
            return job;
        context.Log.Say($"row '{job.Title}' goes on with the {Threads(run.Machine.Threads)} that it was begun with, not {torch.get_num_threads()}");
        return job.With("threads", run.Machine.Threads.ToString(CultureInfo.InvariantCulture));
    }

    private void SayWhatWasTrainedOtherwise()
    {
        foreach (var others in results.Values.Where(row => row.Threads is not null && row.Threads != torch.get_num_threads()).GroupBy(row => row.Threads!.Value))
        {
            context.Log.Say($"{others.Count()} finished rows were trained with {Threads(others.Key)}, not {torch.get_num_threads()}. They are kept: "
                + "their errors differ by chance alone, as those of another seed do. Delete their runs to train them again");
        }
    }

    private static string Threads(int count) => count == 1 ? "1 thread" : $"{count} threads";

    private void Keep(StudyJob job, StudyDirectory<TrainedRow> folder, TrainedRow? measured = null)
    {
        var result = measured ?? measurement!.Of(context, job);
        folder.Add(job.Key(images.Of(job).Hash), result);
        results[job.Run] = result;
    }

    /// <summary>Lets a job fail without the others.</summary>
    private void Try(StudyJob job, Action work)
    {
        try
        {
            work();
        }
        catch (ZfDeclException failure)
        {
            failed.Add(job.Run);
            context.Log.Error(failure.Code, $"row '{job.Row.Label}', seed {job.Seed}: {failure.Message}", failure.File);
        }
    }

    private void Conclude(StudyDirectory<TrainedRow> folder, StudyJob[] jobs)
    {
        var rows = Compared(jobs);
        if (failed.Count > 0)
            context.Log.Error("ZF1472", $"{failed.Count} of {jobs.Length} trainings failed: {string.Join(", ", failed)}; the same command tries them again");
        if (rows.Count == 0)
            return;
        if (failed.Count == 0)
            folder.Finish();
        var page = ComparisonFiles.Write(folder.Path, study.Title, Text, rows, folder.Record);
        foreach (var line in ComparisonTable.Lines(rows))
            context.Log.Say(line);
        context.Log.Say($"errors in %, of the kept weights, on all images without augmentation; errors.png, table.csv, rows.csv and study.json in {folder.Path}");
        context.Log.Say($"report: {page}");
    }

    private List<ComparedRow> Compared(StudyJob[] jobs)
    {
        var rows = new List<ComparedRow>();
        foreach (var row in study.Rows)
        {
            TrainedRow[] seeds = [.. jobs.Where(job => job.Row == row && results.ContainsKey(job.Run)).Select(job => results[job.Run])];
            if (seeds.Length > 0)
                rows.Add(new(row.Label, row.Network.Info.Name, seeds, row.Published, rows.Find(other => other.Label == row.Against)));
        }
        return rows;
    }

    private static IReadOnlyList<string> Text =>
    [
        "Every row is trained from new weights with each seed; its epoch with the lowest validation error is kept. "
        + "The training error is measured with the kept weights on all training images, each seen once, without augmentation and without dropout.",
    ];

    private StudyRecord Begin(StudyJob first) => new()
    {
        Study = $"{verb} {study.Name}",
        Networks = [.. study.Rows.Select(row => row.Network.Info).DistinctBy(info => info.Name).Select(info => new StudiedNetwork(info.Name, info.SpecHash, "trained by the study", null))],
        Seed = study.Seeds[0],
        DataHash = images.Of(first).Hash,
        Data = images.Of(first).Description,
        Settings = context.Recorded(),
        CommandLine = context.CommandOf(verb),
        Notes = [.. Text, $"seeds {string.Join(", ", study.Seeds)}"],
    };
}
