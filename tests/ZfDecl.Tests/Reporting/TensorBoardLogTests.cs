using System.Diagnostics;
using System.Globalization;
using SkiaSharp;
using Tensorboard;
using ZfDecl.Tests.Files;
using ZfDecl.Tests.Training;
using ZfDecl.Training.Logs;

namespace ZfDecl.Tests.Reporting;

[Collection(Alone.Name)]
public sealed class TensorBoardLogTests : IDisposable
{
    private const int AdvancesAnEpoch = 12;                              // of a small training: 8 steps and 4 batches of validation images

    private readonly SmallTraining training = new();

    public void Dispose() => training.Dispose();

    [Fact]
    public void EveryEpochIsAStepThatSaysWhatTheTablesSay()
    {
        training.Train("run");

        AssertAgrees("run");
        var conv1 = File.ReadAllLines(training.PathOf("run", "layers.csv")).Skip(1).Select(row => row.Split(',')).ToList();
        Assert.Equal(conv1.Select(row => Number(row[2])), Values("run", "largest_filter_rms/conv1"), Close);
        Assert.Equal(conv1.Select(row => Number(row[3])), Values("run", "dead_maps/conv1"), Close);
    }

    [Fact]
    public void TheFirstLayersFiltersAreAPictureAfterTheEpochsWhoseWeightsAreKept()
    {
        training.Train("run");

        var pictures = Events("run").Where(entry => entry.Step > 0).ToDictionary(entry => entry.Step, entry => entry.Summary.Value.SingleOrDefault(value => value.Tag == "filters/conv1"));
        Assert.Equal([1, 2], pictures.Where(picture => picture.Value is not null).Select(picture => picture.Key));
        using var picture = SKBitmap.Decode(pictures[1]!.Image.EncodedImageString.ToByteArray());
        // Four filters of 3×3, each pixel enlarged ×14 to reach 40, two by two with gaps of 4.
        Assert.Equal((2 * 42 + 12, 2 * 42 + 12), (picture.Width, picture.Height));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(AdvancesAnEpoch)]
    [InlineData(2 * AdvancesAnEpoch + 3)]
    public void ARunThatWasStoppedHasNoStepTwiceAndNoneMissing(int advances)
    {
        training.TrainAndStop("run", advances);
        training.Train("run");

        AssertAgrees("run");
    }

    [Fact]
    public void EventsThatAreLostOrAheadOfTheCheckpointAreMended()
    {
        training.TrainAndStop("lost", 3 * AdvancesAnEpoch + 3);
        training.Copy("lost", "ahead");
        File.Delete(training.PathOf("lost", TensorBoardLog.EventsFile));
        training.Train("lost");
        AssertAgrees("lost");

        // Without the newest checkpoints it goes on from an epoch before the last that was written here.
        foreach (var file in Directory.GetFiles(training.PathOf("ahead", "checkpoints"), "state-0003-00000003.*"))
            File.Delete(file);
        EventFile.Open(training.PathOf("ahead", TensorBoardLog.EventsFile), keep: 3).Append(4, new Summary());
        training.Train("ahead");
        AssertAgrees("ahead");
    }

    [TensorBoardFact]
    public void TensorBoardsOwnReaderFindsWhatTheTablesSay()
    {
        const string Script = """
            import sys
            from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
            events = EventAccumulator(sys.argv[1]).Reload()
            for tag in events.Tags()['scalars']:
                for scalar in events.Scalars(tag):
                    print(tag, scalar.step, repr(scalar.value), sep='\t')
            for tag in events.Tags()['images']:
                for image in events.Images(tag):
                    print(tag, image.step, f'{image.width}x{image.height}', sep='\t')
            """;
        AssertReads(Script, "tensorboard");
    }

    /// <summary>Where TensorBoard is not: a reader that shares no code with the writer, made of what is published of the format alone.</summary>
    [PythonFact]
    public void AReaderOfThePublishedFormatFindsWhatTheTablesSay() => AssertReads(File.ReadAllText(Repository.PathOf("tests", "ZfDecl.Tests", "Reporting", "read_events.py")), TensorBoardLog.EventsFile);

    private void AssertReads(string script, string path)
    {
        training.TrainAndStop("run", 2 * AdvancesAnEpoch + 3);
        training.Train("run");

        var lines = Python(script, training.PathOf("run", path)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).ToList();
        foreach (var (tag, column) in Columns)
        {
            var found = lines.Where(line => line[0] == tag).ToList();
            Assert.Equal(["1", "2", "3", "4"], found.Select(line => line[1]));
            Assert.Equal(Metrics("run").Select(row => Number(row[column])), found.Select(line => Number(line[2])), Close);
        }
        Assert.Equal(["96x96", "96x96"], lines.Where(line => line[0] == "filters/conv1").Select(line => line[2]));
    }

    private static (string Tag, int Column)[] Columns =>
    [
        ("learning_rate", 1), ("loss/training", 2), ("error/training", 3), ("loss/validation", 4), ("error/validation", 5), ("error/validation_top5", 6), ("images_per_second", 7),
    ];

    private void AssertAgrees(string run)
    {
        Assert.Equal([0, 1, 2, 3, 4], Events(run).Select(entry => entry.Step));
        foreach (var (tag, column) in Columns)
            Assert.Equal(Metrics(run).Select(row => Number(row[column])), Values(run, tag), Close);
    }

    private List<Event> Events(string run) => [.. EventFile.Read(training.PathOf(run, TensorBoardLog.EventsFile))];

    private IEnumerable<double> Values(string run, string tag) => Events(run).Skip(1).Select(entry => (double)entry.Summary.Value.Single(value => value.Tag == tag).SimpleValue);

    private IEnumerable<string[]> Metrics(string run) => Seals.Lines(training.PathOf(run, "metrics.csv")).Skip(1).Select(row => row.Split(','));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    // The tables have six digits.
    private static bool Close(double one, double other) => Math.Abs(one - other) <= 1e-5 * Math.Abs(one);

    private static string Python(string script, string argument)
    {
        using var python = Process.Start(new ProcessStartInfo("python3", ["-c", script, argument]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = python.StandardError.ReadToEndAsync();
        var output = python.StandardOutput.ReadToEnd();
        python.WaitForExit();
        Assert.True(python.ExitCode == 0, errors.Result);
        return output;
    }
}
