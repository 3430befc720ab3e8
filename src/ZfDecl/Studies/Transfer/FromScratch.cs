using ZfDecl.Analyses.Evaluate;
using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Files;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Networks.Recipes;
using ZfDecl.Runs;
using ZfDecl.Training;
using static TorchSharp.torch;

namespace ZfDecl.Studies.Transfer;

/// <summary>
/// The control: the same network trained from new weights on the same few images, with the augmentation of its spec and the means of these images. The
/// weights after the last step are tested; no image chooses among epochs.
/// </summary>
/// <param name="entry">The network.</param>
/// <param name="images">The images; stay the caller's.</param>
/// <param name="device">Where it is trained.</param>
/// <param name="folder">Where trainings under way are kept, so that a killed one goes on; nothing is left there of those that are done.</param>
/// <param name="crops">What is seen of a test image; the answers to several crops are averaged.</param>
internal sealed class FromScratch(NetworkEntry entry, ImageSet images, Device device, string folder, EvaluationCrops crops = EvaluationCrops.Centre) : IFewShotMethod
{
    /// <summary>The name of the method.</summary>
    public const string MethodName = "from scratch";

    /// <summary>The least number of steps of a training, and the least number of times that it sees each image.</summary>
    public const int FewestSteps = 1200, FewestPasses = 250;

    private const int Epochs = 10, LargestBatch = 32, SlowerTries = 3;

    /// <inheritdoc/>
    public string Name => MethodName;

    /// <summary>
    /// The recipe for so few images: the spec's, in 10 epochs that together take 1,200 steps or see each image 250 times, whichever is more. A batch has at
    /// most 32 images, and no more than the spec's or than there are. The learning rate rises for half an epoch, then falls by a cosine: there is nothing to measure a plateau on.
    /// </summary>
    /// <param name="spec">The recipe of the spec.</param>
    /// <param name="images">Training images.</param>
    public static TrainingRecipe Recipe(TrainingRecipe spec, int images) =>
        spec with { Batch = Math.Min(Math.Min(spec.Batch, LargestBatch), images), Epochs = Epochs, WarmUp = 0.5, Anneal = Annealing.Cosine };

    /// <inheritdoc/>
    public long Images(FewShotTask task) => (long)Epochs * (task.Train.Length * Repeats(task) + task.Train.Length) + task.Test.Length;

    /// <inheritdoc/>
    /// <remarks>Where the training diverges, or ends with the training images unlearned, it is done again with a tenth of the learning rate, up to three times.</remarks>
    public (int[] Predicted, string Note) Run(FewShotTask task, IProgressBar bar, CancellationToken cancellation)
    {
        var recipe = Recipe(entry.Info.Recipe.Train, task.Train.Length);
        for (var tries = 0; ; tries++)
        {
            try
            {
                var (predicted, trainError) = TrainAndTest(task, recipe, bar, cancellation);
                if (tries == SlowerTries || HasLearned(trainError, task.Classes.Count))
                    return (predicted, FormattableString.Invariant($"learning rate {recipe.LearningRate:0.######}"));
            }
            catch (ZfDeclException diverged) when (diverged.Code == "ZF1301" && tries < SlowerTries)
            {
                // Again, and slower.
            }
            recipe = recipe with { LearningRate = recipe.LearningRate / 10 };
        }
    }

    /// <inheritdoc/>
    public void Release(FewShotTask task)
    {
        var runs = Path.Combine(folder, entry.Info.Name);
        foreach (var run in Directory.Exists(runs) ? Directory.GetDirectories(runs, RunsOf(task) + "*") : [])
            AtomicFile.DeleteFolder(run);
    }

    private static string RunsOf(FewShotTask task) => FormattableString.Invariant($"{task.PerClass}-{task.Fold}-");

    /// <summary>Whether a network knows its own training images better than by chance: one whose units have all died does not.</summary>
    internal static bool HasLearned(double trainError, int classes) => trainError < 0.9 * (1 - 1.0 / classes);

    private (int[] Predicted, double TrainError) TrainAndTest(FewShotTask task, TrainingRecipe recipe, IProgressBar bar, CancellationToken stop)
    {
        var info = entry.Info;
        var labels = task.Train.Zip(task.TrainLabels).DistinctBy(pair => pair.Second).ToDictionary(pair => images.Label(pair.First), pair => pair.Second);
        var few = Subset(task.Train);
        var data = new ImageData(Subset([.. Enumerable.Repeat(task.Train, Repeats(task)).SelectMany(all => all)]), few, "", $"{task.PerClass} images a class, fold {task.Fold}");
        var run = FormattableString.Invariant($"{RunsOf(task)}{recipe.LearningRate:G4}");
        var predicted = new List<int>();
        double trainError;
        using (var network = entry.Create(task.Classes.Count))
        using (var directory = RunDirectory.OpenToResume(folder, run, Begin(data), info, new QuietLog(bar)))
        {
            var statistics = directory.Statistics ?? ImageStatistics.Measure(few, info.Input, new SilentLog());
            var preprocessor = new Preprocessor(info.Input, images.Shape, info.Recipe.Preprocess, statistics);
            directory.Begin(info, statistics, Begin(data));
            var options = new TrainingOptions { Recipe = recipe, Seed = task.Seed, Device = device };
            var result = new Trainer(network, data, preprocessor, directory, new QuietLog(bar)) { StaysResumable = true }.Train(options, stop);
            if (result.Stopped)
                throw new OperationCanceledException(stop);
            trainError = result.Final!.TrainError;
            Test(network, Subset(task.Test), preprocessor, recipe.Batch, predicted, bar);
        }
        return ([.. predicted], trainError);

        SubsetImageSet Subset(int[] some) => new(images, some, label => labels[label], task.Classes);

        RunRecord Begin(ImageData data) => RunRecord.Begin(info, data, task.Seed, [], "a row of a study");
    }

    private void Test(ConvNet network, ImageSet test, Preprocessor preprocessor, int batch, List<int> predicted, IProgressBar bar)
    {
        network.eval();
        var classifier = new Classifier(network, test, preprocessor) { Crops = crops, Device = device };
        foreach (var probabilities in classifier.Probabilities(batch))
        {
            using (probabilities)
            using (NewDisposeScope())
            {
                predicted.AddRange(probabilities.argmax(1).data<long>().ToArray().Select(label => (int)label));
                bar.Advance(probabilities.shape[0]);
            }
        }
    }

    /// <summary>How often an epoch sees each image.</summary>
    private int Repeats(FewShotTask task) =>
        Math.Max(FewestPasses / Epochs, (int)Math.Ceiling((double)FewestSteps / Epochs * Recipe(entry.Info.Recipe.Train, task.Train.Length).Batch / task.Train.Length));

    /// <summary>Lets through how many images are seen, and warnings never: what a row's own training says is of no interest.</summary>
    private sealed class QuietLog(IProgressBar bar) : IRunLog
    {
        public void Say(string line)
        {
        }

        public void Warn(string code, string message, string? file = null)
        {
        }

        public IProgressBar Start(string title, long total, string unit) => new Part(bar);

        private sealed class Part(IProgressBar bar) : IProgressBar
        {
            public void Advance(long units, string? note = null) => bar.Advance(units);

            public void Dispose()
            {
            }
        }
    }
}
