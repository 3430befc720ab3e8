using TorchSharp;
using ZfDecl.Analyses;
using ZfDecl.Analyses.Evaluate;
using ZfDecl.Analyses.Explain;
using ZfDecl.Analyses.Occlude;
using ZfDecl.Analyses.Predict;
using ZfDecl.Analyses.Project;
using ZfDecl.Analyses.Visualize;
using ZfDecl.Data.Batching;
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
    public TrainedNetwork OpenRun(string artifacts)
    {
        // <open>
        NetworkEntry entry = DeclaredNetworks.All.Single(one => one.Info.Name == "Pictures");
        TrainedNetwork trained = TrainedNetwork.Open(RunDirectory.PathOf(artifacts, "Pictures", "first"), entry, log);        // yours to dispose
        Console.WriteLine($"{trained.Network.Info.Parameters:N0} parameters, {string.Join(", ", trained.Classes)}");
        // </open>
        return trained;
    }

    /// <summary>Says how much is right, as <c>-t:Evaluate</c> does.</summary>
    public double Evaluate(TrainedNetwork trained, ImageData data)
    {
        // <evaluate>
        Classification classification = Classification.Of([new Classifier(trained.Network, data.Validation, trained.Preprocessor)], log);
        AccuracyFigures figures = AccuracyFigures.Of(classification.Matrix);
        Console.WriteLine($"{figures.Accuracy:P1} right, 95 % interval {figures.Interval}");
        foreach (var one in classification.PerClass())
            Console.WriteLine($"{one.Name}: {one.Right} of {one.Images}");
        // </evaluate>
        return classification.Top1Error;
    }

    /// <summary>Says what a picture is taken for, as <c>-t:Predict</c> does.</summary>
    public static IReadOnlyList<StrongestOutput> Predict(TrainedNetwork trained, string picture)
    {
        // <predict>
        using ImageSet images = trained.Pictures(picture);
        ImagePrediction prediction = trained.Predict(images).Single();
        foreach (var output in prediction.Strongest)
            Console.WriteLine($"{trained.Classes[output.Index]}: {output.Value:P1}");
        // </predict>
        return prediction.Strongest;
    }

    /// <summary>Finds the strongest units of every feature map and draws them, as <c>-t:Visualize</c> does.</summary>
    public IReadOnlyList<string> Visualize(TrainedNetwork trained, ImageData data, string folder)
    {
        // <visualize>
        var visualization = new FeatureVisualization(trained.Network, data.Validation, trained.Preprocessor, new() { Layers = ["conv1", "conv4"], Top = 9 }, log);
        IReadOnlyList<TopUnits> strongest = visualization.FindStrongest();
        IReadOnlyList<string> sheets = LayerPictures.Write(visualization, strongest, data.Validation, new() { Network = "Pictures", Data = data.Description, Weights = "run first" }, folder, log);
        // </visualize>
        return sheets;
    }

    /// <summary>Projects one unit of one picture, as <c>-t:Project</c> does.</summary>
    public static ImageProjection Project(TrainedNetwork trained, string picture, string png)
    {
        // <project>
        using ImageSet images = trained.Pictures(picture);
        ImageProjection projection = trained.Project(images, index: 0, layer: "conv4", to: png, rules: new() { Relu = ReluRule.Deconv });
        Console.WriteLine($"map {projection.Unit!.Value.Map}, unit {projection.Unit.Value.At}: {projection.Value}");
        // </project>
        return projection;
    }

    /// <summary>Covers a picture, position by position, as <c>-t:Occlude</c> does.</summary>
    public static OcclusionMaps Occlude(TrainedNetwork trained, string picture)
    {
        // <occlude>
        NetworkInfo info = trained.Network.Info;
        using ImageSet images = trained.Pictures(picture);
        using var input = trained.Preprocessor.InputOf([images.Read(0)], torch.CPU);                      // [1, C, H, W]
        OcclusionMaps maps = new Occlusion(trained.Network, info.Layer("conv4"), new(info.Input, size: 16, stride: 8)).Of(input);
        PixelRegion worst = maps.Grid.At(maps.Least);
        Console.WriteLine($"{maps.CleanProbability:P1}, and {maps.Probability[maps.Least]:P1} where a square of {worst.Height}×{worst.Width} from ({worst.Top}, {worst.Left}) on is grey");
        // </occlude>
        return maps;
    }

    /// <summary>Makes one page on why a picture is taken for its class, as <c>-t:Explain</c> does.</summary>
    public void Explain(TrainedNetwork trained, string picture, string page)
    {
        // <explain>
        NetworkInfo info = trained.Network.Info;
        using ImageSet images = trained.Pictures(picture);
        var explainer = new Explainer(trained.Network, trained.Classes, trained.Preprocessor, torch.CPU, info.Layer("conv4"), new(info.Input, size: 16, stride: 8));
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
