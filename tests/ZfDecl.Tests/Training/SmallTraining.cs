using ZfDecl.Data.Sets;
using ZfDecl.Networks;
using ZfDecl.Networks.Recipes;
using ZfDecl.Runs;
using ZfDecl.Tests.Runs;
using ZfDecl.Training;
using ZfDecl.Training.Logs;

namespace ZfDecl.Tests.Training;

/// <summary>Trainings of <see cref="SmallNet"/> in one folder of artifacts, as the same command would start them again and again: 8 steps an epoch.</summary>
internal sealed class SmallTraining : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ImageData data = SmallData.Create();

    public static TrainingRecipe Recipe { get; } = SmallNet.Training with { Epochs = 4, Anneal = Annealing.Cosine, FilterRms = 0.4 };

    public ListeningLog Log { get; private set; } = new();

    public string PathOf(string run, string file = "") => Path.Combine(folder.Path, "Small", run, file);

    public byte[] Weights(string run) => File.ReadAllBytes(PathOf(run, "weights.safetensors"));

    /// <summary>Trains, or goes on where the run of that name has stopped.</summary>
    public TrainingResult Train(
        string run, TrainingRecipe? recipe = null, Action<string>? onAdvance = null, TimeSpan? interval = null,
        Func<RunRecord, RunRecord>? change = null, NetworkInfo? declaration = null, Action<string>? onSay = null,
        ITrainingWatcher? watcher = null, CancellationToken stop = default)
    {
        Log = new(onAdvance, onSay);
        declaration ??= SmallNet.Declaration;
        using var network = new SmallNet();
        RunSetting[] settings = [new("epochs", $"{(recipe ?? Recipe).Epochs}", "spec"), new("batch", "8", "spec"), new("artifacts", folder.Path, "default")];
        var begun = RunRecord.Begin(declaration, data, 1, settings, "a test");
        begun = change is null ? begun : change(begun);
        using var directory = RunDirectory.OpenToResume(folder.Path, run, begun, declaration, Log);
        var statistics = directory.Statistics ?? SmallData.Statistics(data);
        directory.Begin(SmallNet.Declaration, statistics, begun);
        var trainer = new Trainer(network, data, new(declaration.Input, data.Train.Shape, declaration.Recipe.Preprocess, statistics), directory, Log) { Watchers = [new TensorBoardLog(directory.Path), .. watcher is null ? Array.Empty<ITrainingWatcher>() : [watcher]] };
        return trainer.Train(new() { Recipe = recipe ?? Recipe, Seed = 1, CheckpointInterval = interval ?? TimeSpan.FromHours(1) }, stop);
    }

    /// <summary>Trains and stops after so many steps and evaluated batches, as Ctrl+C does.</summary>
    public TrainingResult TrainAndStop(string run, int advances, TrainingRecipe? recipe = null)
    {
        using var stop = new CancellationTokenSource();
        return Train(run, recipe, _ => { if (--advances == 0) stop.Cancel(); }, stop: stop.Token);
    }

    /// <summary>Copies a run's folder as it is now.</summary>
    public void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(PathOf(from), "*", SearchOption.AllDirectories))
        {
            var copy = PathOf(to, Path.GetRelativePath(PathOf(from), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public void Dispose()
    {
        data.Dispose();
        folder.Dispose();
    }
}
