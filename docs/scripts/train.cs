#:package ZfDecl@1.0.0
#:property PublishAot=false
#:property ZfDeclNamespace=Networks
// dotnet run train.cs: trains the network of specs/small.yaml on drawn shapes, and leaves the run in artifacts/Small/script. An unfinished one goes on.
using ZfDecl.Data.Batching;
using ZfDecl.Data.Layouts;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Runs;
using ZfDecl.Training;
using ZfDecl.Training.Logs;

var log = new SilentLog();
var entry = Networks.DeclaredNetworks.All.Single(network => network.Info.Name == nameof(Networks.Small));
var (info, recipe) = (entry.Info, entry.Info.Recipe);

using var data = ImageFolder.Open(recipe.Data!, new(info.Input, recipe.Preprocess, seed: 0, log));
Console.WriteLine(data.Description);
using var net = entry.Create(data.Train.Classes.Count);
var begun = RunRecord.Begin(info, data, seed: 0, settings: [], commandLine: "dotnet run train.cs");
using var run = RunDirectory.OpenToResume("artifacts", "script", begun, info, log);
var statistics = run.Statistics ?? ImageStatistics.Measure(data.Train, info.Input, log);
run.Begin(info, statistics, begun);

var trainer = new Trainer(net, data, new(info.Input, data.Train.Shape, recipe.Preprocess, statistics), run, log) { Watchers = [new CurvesPicture(run.Path, "Small"), new Progress()] };
var result = trainer.Train(new() { Recipe = recipe.Train, Seed = 0 });
run.SaveResult(result, finished: true);
Console.WriteLine($"{1 - result.Best!.ValTop1Error:P1} of {data.Validation.Count} validation images right, after epoch {result.Best.Epoch}: {run.WeightsPath}");

/// <summary>A line for each epoch.</summary>
sealed class Progress : ITrainingWatcher
{
    public void Reached(TrainingProgress progress, ConvNet network)
    {
        var last = progress.Epochs[^1];
        Console.WriteLine($"epoch {last.Epoch}: loss {last.TrainLoss:F3}, validation error {last.ValTop1Error:P1}");
    }

    public void Ended(TrainingProgress progress)
    {
    }
}
