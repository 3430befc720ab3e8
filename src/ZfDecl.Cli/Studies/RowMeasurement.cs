using TorchSharp;
using ZfDecl.Cli.Configuration;
using ZfDecl.Data.Batching;
using ZfDecl.Messages;
using ZfDecl.Runs;
using ZfDecl.Studies.Comparison;
using ZfDecl.Training;

namespace ZfDecl.Cli.Studies;

/// <summary>What a finished job of a study comes to: the errors of the weights that its run has kept, of which those on the training images are measured.</summary>
/// <param name="images">The study's images.</param>
/// <param name="artifacts">The folder of all runs.</param>
/// <param name="device">Where it is measured.</param>
/// <param name="isShown">Whether the log sees how it gets on: where trainings run at the same time, it would be a line of nobody's between those of the others.</param>
internal sealed class RowMeasurement(StudyImages images, string artifacts, torch.Device device, bool isShown)
{
    /// <summary>Measures.</summary>
    /// <exception cref="ZfDeclException">ZF1207: there is no such run, or it has finished no epoch.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public TrainedRow Of(RunContext context, StudyJob job)
    {
        IRunLog log = isShown ? context.Log : new SilentLog();
        var info = job.Network;
        var run = RunDirectory.OpenFinished(RunDirectory.PathOf(artifacts, info.Name, job.Run));
        var best = run.Record.Result?.Best ?? throw new ZfDeclException("ZF1207", $"run '{run.Path}' has finished no epoch; train it anew with -p:Resume=no", run.Path);
        using var data = images.Open(job).LabelledFor(run.Record.Classes);
        using var network = run.LoadNetwork(job.Row.Network, log);
        network.to(device);
        var preprocessor = new Preprocessor(info.Input, data.Train.Shape, info.Recipe.Preprocess, run.Statistics);
        var train = Evaluation.Measure(network, data.Train, preprocessor, job.Batch, device, log, stop: context.Stop);
        var parameters = network.parameters().Sum(parameter => parameter.numel());
        return new(job.Row.Label, info.Name, job.Run, job.Seed, train.Top1Error, best.ValTop1Error, best.ValTop5Error, parameters, run.Record.Result.Seconds)
        {
            Threads = run.Record.Machine.Threads,
        };
    }
}
