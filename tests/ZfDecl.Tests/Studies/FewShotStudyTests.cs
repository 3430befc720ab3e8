using System.Security.Cryptography;
using System.Text;
using ZfDecl.Data.Sets;
using ZfDecl.Files;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Networks.Recipes;
using ZfDecl.Studies.Classifiers;
using ZfDecl.Studies.Comparison;
using ZfDecl.Studies.Transfer;
using ZfDecl.Tests.Data;
using ZfDecl.Tests.Files;
using ZfDecl.Tests.Runs;
using ZfDecl.Tests.Training;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Studies;

/// <summary>A whole study on small images: fixed features of an untrained network, and the network from scratch.</summary>
[Collection(Alone.Name)]
public sealed class FewShotStudyTests : IDisposable
{
    private static readonly NetworkInfo Short = SmallNet.Declaration with { Recipe = SmallNet.Declaration.Recipe with { Train = SmallNet.Training with { Batch = 4 } } };

    private readonly TemporaryFolder folder = new();
    private readonly ImageData data = SmallData.Create(train: 90, validation: 30);

    public void Dispose()
    {
        data.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void StoppedAtAnyTimeItEndsWithTheSameNumbersAndRepeatsNoFinishedRow()
    {
        var whole = Run("whole", new());
        Assert.Equal(8, whole.Count);                                   // 2 methods × 2 rows × 2 folds
        var runs = 0;
        for (var advances = 5; ; advances += 150, runs++)
        {
            using var stop = new CancellationTokenSource();
            var left = advances;
            var finished = FinishedRows("stopped");
            try
            {
                var rows = Run("stopped", new ListeningLog(_ => { if (--left == 0) stop.Cancel(); }), stop.Token);
                Assert.Equal(whole.Select(Number), rows.Select(Number));
                break;
            }
            catch (OperationCanceledException)
            {
                // Row by row the file only grows: the seconds of a row would differ where it was done again.
                Assert.StartsWith(finished.TrimEnd('}', '\n', ' '), FinishedRows("stopped"), StringComparison.Ordinal);
            }
        }
        Assert.InRange(runs, 2, 100);
        Assert.Empty(Directory.GetDirectories(Path.Combine(folder.Path, "stopped", "scratch", "Small")));
    }

    [Fact]
    public void TheLayerIsChosenWithinTheTrainingImages()
    {
        set_num_threads(1);
        random.manual_seed(1);
        using var network = new SmallNet();
        network.eval();
        var images = new ConcatImageSet(data);
        var protocol = new FewShotProtocol(images, new HashSet<int>(), new() { PerClass = [1, 8], Folds = 1, MostTestImages = 10 }, new SilentLog());
        LayerInfo[] layers = [SmallNet.Declaration.Layer("conv1"), SmallNet.Declaration.Layer("pool1")];
        var all = LayerFeatures.Open(new(network, images, data.Hash, SmallData.Preprocessor(data)), layers, protocol.Drawn(), Path.Combine(folder.Path, "features"), new SilentLog());
        var task = protocol.Task(8, 1);
        int[] right = [.. all.Select(features =>
        {
            using var rows = features.Rows(task.Train);
            return LinearClassifier.CrossValidate(LinearClassifierKind.Svm, rows, task.TrainLabels, task.Classes.Count);
        })];
        var better = right[0] > right[1] ? "conv1" : "pool1";
        Assert.StartsWith(better, Note(task), StringComparison.Ordinal);
        Assert.StartsWith("pool1", Note(protocol.Task(1, 1)), StringComparison.Ordinal);        // one image a class cannot choose
        foreach (var features in all)
            features.Dispose();

        string Note(FewShotTask task) => new FixedFeatures(all, LinearClassifierKind.Svm, new SilentLog()).Run(task, new SilentLog(), default).Note;
    }

    [Fact]
    public void AClassifierThatDoesNotReachItsOptimumIsNamedOnceForATask()
    {
        set_num_threads(1);
        using var network = new SmallNet();
        network.eval();
        var images = new ConcatImageSet(data);
        var protocol = new FewShotProtocol(images, new HashSet<int>(), new() { PerClass = [4], Folds = 2, MostTestImages = 10 }, new SilentLog());
        var source = new FeatureSource(network, images, data.Hash, SmallData.Preprocessor(data));
        using var features = LayerFeatures.Open(source, [SmallNet.Declaration.Layer("pool1")], protocol.Drawn(), Path.Combine(folder.Path, "features"), new SilentLog())[0];
        // Features that are NaN have no optimum.
        foreach (var file in Directory.GetFiles(Path.Combine(folder.Path, "features"), "*.safetensors", SearchOption.AllDirectories))
        {
            var values = SafeTensorsFile.Read(file)["features"].fill_(double.NaN);
            var seal = SHA256.HashData([.. Encoding.UTF8.GetBytes($"{source.HashOf(protocol.Drawn())} pool1"), .. values.bytes]);
            SafeTensorsFile.Write(file, [new("features", values), new("seal", tensor(seal))]);
        }
        var log = new CapturedLog();
        var method = new FixedFeatures([features], LinearClassifierKind.Svm, log);
        method.Run(protocol.Task(4, 2), new SilentLog(), default);
        var (code, message, _) = Assert.Single(log.Warnings);
        Assert.Equal("ZF1429", code);
        Assert.StartsWith("pool1 + svm, 4 images per class, fold 2: ", message, StringComparison.Ordinal);
        Assert.EndsWith("layer pool1, C = 10 (1 fit, gap NaN)", message, StringComparison.Ordinal);
    }

    [Fact]
    public void ADamagedTableOfRowsIsNamed()
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "damaged"));
        File.WriteAllText(Path.Combine(folder.Path, "damaged", "rows.json"), "{");
        var error = Assert.Throws<ZfDeclException>(() => Open("damaged"));
        Assert.Equal(("ZF1423", Path.Combine(folder.Path, "damaged", "rows.json")), (error.Code, error.File));
    }

    [Fact]
    public void TwoProcessesDoNotShareAStudyAndItsRecordKeepsWhenItBegan()
    {
        DateTime began;
        using (var first = Open("shared"))
        {
            Assert.Equal("ZF1205", Assert.Throws<ZfDeclException>(() => Open("shared")).Code);
            began = Record("shared").Started;
        }
        using (var second = Open("shared"))
            second.Finish();
        Assert.Equal(began, Record("shared").Started);
        Assert.Single(Record("shared").Resumed);
        Assert.NotNull(Record("shared").Finished);
    }

    [Fact]
    public void TheControlTakesTwelveHundredStepsAndSeesEachImage250Times()
    {
        var recipe = FromScratch.Recipe(SmallNet.Training with { Batch = 128, Anneal = Annealing.Plateau }, images: 25);
        Assert.Equal((25, Annealing.Cosine), (recipe.Batch, recipe.Anneal));
        var method = new FromScratch(new(SmallNet.Declaration, classes => new SmallNet(classes)), data.Train, CPU, folder.Path);
        // 10 epochs of 120 steps of 8 images, the 16 training images again after each, and the test images.
        Assert.Equal(10 * (120 * 8 + 16) + 10, method.Images(Task(images: 16)));
        // 120 steps would see each of 64 images 15 times.
        Assert.Equal(10 * (25 * 64 + 64) + 10, method.Images(Task(images: 64)));

        static FewShotTask Task(int images) => new(5, 1, ["a", "b", "c"], new int[images], new int[images], new int[10], new int[10], 1);
    }

    [Theory]
    [InlineData(0.0, true)]
    [InlineData(0.4, true)]
    [InlineData(0.8, false)]                // always the same one of five classes
    [InlineData(0.75, false)]
    public void AControlWhoseUnitsHaveDiedIsTrainedAgainMoreSlowly(double trainError, bool learned) => Assert.Equal(learned, FromScratch.HasLearned(trainError, classes: 5));

    [Fact]
    public void AControlThatIsKilledBeforeItsRowIsKeptIsNotTrainedAgain()
    {
        set_num_threads(1);
        var images = new ConcatImageSet(data);
        var task = new FewShotProtocol(images, new HashSet<int>(), new() { PerClass = [2], Folds = 1, MostTestImages = 10 }, new SilentLog()).Task(2, 1);
        var method = new FromScratch(new(Short, classes => new SmallNet(classes)), images, CPU, folder.Path);
        var advances = 0;
        var log = new ListeningLog(_ => advances++);
        var (predicted, _) = method.Run(task, log.Start("", 1, ""), default);
        var trained = advances;

        var (again, _) = method.Run(task, log.Start("", 1, ""), default);
        Assert.Equal(predicted, again);
        Assert.InRange(advances - trained, 1, trained / 10);            // only the test images are seen again
        method.Release(task);
        Assert.Empty(Directory.GetDirectories(Path.Combine(folder.Path, "Small")));
    }

    private IReadOnlyList<FewShotRow> Run(string name, ListeningLog log, CancellationToken stop = default)
    {
        set_num_threads(1);
        var images = new ConcatImageSet(data);
        random.manual_seed(1);
        using var network = new SmallNet();
        network.eval();
        var protocol = new FewShotProtocol(images, new HashSet<int>(), new() { PerClass = [2, 4], Folds = 2, MostTestImages = 10 }, log);
        using var directory = Open(name);
        var layer = SmallNet.Declaration.Layer("pool1");
        using var features = LayerFeatures.Open(new(network, images, data.Hash, SmallData.Preprocessor(data)), [layer], protocol.Drawn(), Path.Combine(folder.Path, "features"), log, stop: stop)[0];
        IFewShotMethod[] methods =
        [
            new FixedFeatures([features], LinearClassifierKind.Svm, log),
            new FromScratch(new(Short, classes => new SmallNet(classes)), images, CPU, Path.Combine(directory.Path, "scratch")),
        ];
        return new FewShotStudy(protocol, methods, directory, log).Run(stop);
    }

    private StudyDirectory<FewShotRow> Open(string name) => new(Path.Combine(folder.Path, name), new()
    {
        Study = "Transfer",
        Networks = [new("Small", SmallNet.Declaration.SpecHash, "untrained", null)],
        Seed = 1,
        DataHash = data.Hash,
        Data = data.Description,
        Settings = [],
        CommandLine = "a test",
    }, new SilentLog());

    private StudyRecord Record(string name) => RecordJson.Read<StudyRecord>(Path.Combine(folder.Path, name, "study.json"));

    private string FinishedRows(string name) => Path.Combine(folder.Path, name, "rows.json") is var path && File.Exists(path) ? Seals.Blanked(File.ReadAllText(path)) : "";

    private static (string, double, string) Number(FewShotRow row) => (row.Key, row.Accuracy, row.Note);
}
