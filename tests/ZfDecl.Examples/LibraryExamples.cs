using TorchSharp;
using ZfDecl.Analyses.Evaluate;
using ZfDecl.Analyses.Explain;
using ZfDecl.Analyses.Occlude;
using ZfDecl.Analyses.Predict;
using ZfDecl.Analyses.Project;
using ZfDecl.Analyses.Visualize;
using ZfDecl.Data.Batching;
using ZfDecl.Data.Decoding;
using ZfDecl.Data.Layouts;
using ZfDecl.Data.Sets;
using ZfDecl.Measures;
using ZfDecl.Messages;
using ZfDecl.Models;
using ZfDecl.Networks;
using ZfDecl.Report;
using ZfDecl.Report.Contents;
using ZfDecl.Report.Explain;
using ZfDecl.Runs;
using ZfDecl.Search;
using ZfDecl.Training;
using ZfDecl.Training.Logs;

namespace ZfDecl.Examples;

/// <summary>What the host's commands do, each as a program of one's own does it with the library: the code of docs/library.md.</summary>
/// <param name="log">Where progress and warnings go.</param>
public sealed class LibraryExamples(IRunLog log)
{
    /// <summary>Opens a folder of pictures, one folder per class.</summary>
    public ImageData OpenImages(string folder)
    {
        // <images>
        NetworkInfo info = Pictures.Declaration;
        var data = ImageFolder.Open(folder, new(info.Input, info.Recipe.Preprocess, seed: 1, log) { Holdout = 0.25 });
        Console.WriteLine($"{data.Description}: {data.Train.Count} to train on, {data.Validation.Count} to validate with, {string.Join(", ", data.Train.Classes)}");
        // </images>
        return data;
    }

    /// <summary>Trains a network and leaves a run, as <c>-t:Train</c> does.</summary>
    public TrainingResult Train(ImageData data, string artifacts)
    {
        var info = Pictures.Declaration;
        // <train>
        using var network = new Pictures(data.Train.Classes.Count);
        var statistics = ImageStatistics.Measure(data.Train, info.Input, log);
        var preprocessor = new Preprocessor(info.Input, data.Train.Shape, info.Recipe.Preprocess, statistics);
        using var run = RunDirectory.OpenForTraining(artifacts, info.Name, "first", log);
        run.Begin(info, statistics, RunRecord.Begin(info, data, seed: 1, settings: [], commandLine: "a program of my own"));
        var trainer = new Trainer(network, data, preprocessor, run, log) { Watchers = [new TensorBoardLog(run.Path), new CurvesPicture(run.Path, info.Name)] };
        TrainingResult result = trainer.Train(new() { Recipe = info.Recipe.Train with { Epochs = 2, Batch = 16 }, Seed = 1 });
        run.SaveResult(result, finished: true);
        // </train>
        return result;
    }

    /// <summary>Opens a run that was trained.</summary>
    public (ConvNet Network, Preprocessor Preprocessor) OpenRun(string artifacts)
    {
        // <open>
        NetworkEntry entry = DeclaredNetworks.All.Single(one => one.Info.Name == "Pictures");
        FinishedRun run = RunDirectory.OpenFinished(RunDirectory.PathOf(artifacts, "Pictures", "first"));
        ConvNet network = run.LoadNetwork(entry, log);                      // in evaluation mode; yours to dispose
        var decoded = new DataRequest(entry.Info.Input, entry.Info.Recipe.Preprocess, seed: 1, log).Decoded;
        var preprocessor = new Preprocessor(entry.Info.Input, decoded, entry.Info.Recipe.Preprocess, run.Statistics);
        // </open>
        return (network, preprocessor);
    }

    /// <summary>Says how much is right, as <c>-t:Evaluate</c> does.</summary>
    public double Evaluate(ConvNet network, Preprocessor preprocessor, ImageData data)
    {
        // <evaluate>
        Classification classification = Classification.Of([new Classifier(network, data.Validation, preprocessor)], log);
        AccuracyFigures figures = AccuracyFigures.Of(classification.Matrix);
        Console.WriteLine($"{figures.Accuracy:P1} right, 95 % interval {figures.Interval}");
        foreach (var one in classification.PerClass())
            Console.WriteLine($"{one.Name}: {one.Right} of {one.Images}");
        // </evaluate>
        return classification.Top1Error;
    }

    /// <summary>Says what a picture is taken for, as <c>-t:Predict</c> does.</summary>
    public IReadOnlyList<StrongestOutput> Predict(ConvNet network, Preprocessor preprocessor, IReadOnlyList<string> classes, string picture)
    {
        // <predict>
        using var images = ImageFolder.OpenPictures([picture], preprocessor.Decoded, preprocessor.Resizing, log);
        ImagePrediction prediction = new ImagePredictor(network, preprocessor, torch.CPU).Of(images, log).Single();
        foreach (var output in prediction.Strongest)
            Console.WriteLine($"{classes[output.Index]}: {output.Value:P1}");
        // </predict>
        return prediction.Strongest;
    }

    /// <summary>Finds the strongest units of every feature map and draws them, as <c>-t:Visualize</c> does.</summary>
    public IReadOnlyList<string> Visualize(ConvNet network, Preprocessor preprocessor, ImageData data, string folder)
    {
        // <visualize>
        var visualization = new FeatureVisualization(network, data.Validation, preprocessor, new() { Layers = ["conv1", "conv4"], Top = 9 }, log);
        IReadOnlyList<TopUnits> strongest = visualization.FindStrongest();
        IReadOnlyList<string> sheets = LayerPictures.Write(visualization, strongest, data.Validation, new() { Network = "Pictures", Data = data.Description, Weights = "run first" }, folder, log);
        // </visualize>
        return sheets;
    }

    /// <summary>Projects one unit of one picture, as <c>-t:Project</c> does.</summary>
    public ImageProjection Project(ConvNet network, Preprocessor preprocessor, string picture, string folder)
    {
        // <project>
        NetworkInfo info = network.Info;
        byte[] pixels = PictureFile.Read(picture, preprocessor.Decoded, log, preprocessor.Resizing);      // [C, H, W], 0 … 255
        using var input = preprocessor.InputOf([pixels], torch.CPU);                                      // [1, C, H, W]
        var rules = new DeconvnetOptions { Relu = ReluRule.Deconv };
        ImageProjection projection = ImageProjection.OfUnit(network, input, info.Layer("conv4"), map: null, at: null, rules);
        var files = new ProjectionFiles(new() { Network = info.Name, Data = picture, Weights = "run first" }, projection, info.Input, preprocessor.CentreCrop(pixels), rules);
        Console.WriteLine($"{files.Projected}: {files.Value}: {files.Write(folder)}");
        // </project>
        return projection;
    }

    /// <summary>Covers a picture, position by position, as <c>-t:Occlude</c> does.</summary>
    public OcclusionMaps Occlude(ConvNet network, Preprocessor preprocessor, string picture)
    {
        // <occlude>
        NetworkInfo info = network.Info;
        using var input = preprocessor.InputOf([PictureFile.Read(picture, preprocessor.Decoded, log, preprocessor.Resizing)], torch.CPU);
        OcclusionMaps maps = new Occlusion(network, info.Layer("conv4"), new(info.Input, size: 16, stride: 8)).Of(input);
        PixelRegion worst = maps.Grid.At(maps.Least);
        Console.WriteLine($"{maps.CleanProbability:P1}, and {maps.Probability[maps.Least]:P1} where a square of {worst.Height}×{worst.Width} from ({worst.Top}, {worst.Left}) on is grey");
        // </occlude>
        return maps;
    }

    /// <summary>Makes one page on why a picture is taken for its class, as <c>-t:Explain</c> does.</summary>
    public void Explain(ConvNet network, Preprocessor preprocessor, IReadOnlyList<string> classes, string picture, string page)
    {
        // <explain>
        NetworkInfo info = network.Info;
        using var images = ImageFolder.OpenPictures([picture], preprocessor.Decoded, preprocessor.Resizing, log);
        var explainer = new Explainer(network, classes, preprocessor, torch.CPU, info.Layer("conv4"), new(info.Input, size: 16, stride: 8));
        Explanation found = explainer.Explain(images, @class: null, map: null, log);
        foreach (var sentence in new ExplanationSummary(found).Sentences())
            Console.WriteLine(sentence);
        ExplanationPage.Write(page, found, new() { Spec = info.Name, Run = "first", Weights = "run first", Folder = ".", Record = null, Command = "a program of my own" }, log);
        // </explain>
    }

    /// <summary>Makes the page of all that a run has left, as <c>-t:Report</c> does.</summary>
    public string Report(string artifacts)
    {
        // <report>
        var folder = RunDirectory.PathOf(artifacts, "Pictures", "first");
        ReportRun run = ReportRun.Read("Pictures", "first", folder, trained: null, log);
        string page = RunReport.Write(run, against: null, Path.Combine(folder, "report"), log);
        // </report>
        return page;
    }
}
