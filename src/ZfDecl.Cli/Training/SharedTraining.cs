using System.Text.Json;
using ZfDecl.Analyses.Evaluate;
using ZfDecl.Cli.Configuration;
using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Distributed;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Networks.Recipes;
using ZfDecl.Runs;
using ZfDecl.Training;
using ZfDecl.Training.DataParallel;

namespace ZfDecl.Cli.Training;

/// <summary>
/// A training that several ranks share. Rank 0 decides from what is on its disk; the others learn from it what the images are preprocessed with and what they go on from, so that nobody but rank 0
/// needs the folder of the run.
/// </summary>
internal static class SharedTraining
{
    /// <summary>What rank 0 has decided.</summary>
    /// <param name="Classes">The names of the classes, in the order of the network's outputs.</param>
    /// <param name="Statistics">What images are preprocessed with; null where all ranks are to find that out together.</param>
    private sealed record Plan(IReadOnlyList<string> Classes, ImageStatistics? Statistics);

    /// <summary>Checks that all ranks have the same program, network and images, and that each has something to do; collective.</summary>
    /// <exception cref="ZfDeclException">ZF1567: a rank has others; ZF1569: there are fewer images in a minibatch than ranks.</exception>
    public static void Check(IProcessGroup group, ConvNet network, ImageData data, TrainingOptions options)
    {
        if (group.IsAlone)
            return;
        RankAgreement.Check(group, ("version", RunVersions.Current.ZfDecl), ("spec", network.Info.SpecHash), ("hash of the images", data.Hash));
        var (batch, last) = (options.Recipe.Batch, data.Train.Count % options.Recipe.Batch);
        if (batch < group.Size)
            throw new ZfDeclException("ZF1569", $"`batch={batch}`: {group.Size} ranks share each minibatch, so it needs {group.Size} images at least");
        if (options.SyncsBatchNorm && last > 0 && last < group.Size && network.named_buffers().Any())
        {
            throw new ZfDeclException("ZF1569", $"`batch={batch}`: the last minibatch of an epoch has {Quantity.Of(last, "image")} for {group.Size} ranks, and `batch-norm=sync` needs one on each; choose a batch that leaves more, or none");
        }
    }

    /// <summary>Tells the other ranks that there is nothing to train.</summary>
    public static void Cancel(IProcessGroup group) => group.Broadcast([]);

    /// <summary>Tells the other ranks what rank 0 has decided.</summary>
    /// <param name="group">The ranks.</param>
    /// <param name="data">The images, with the classes in the order of the network's outputs.</param>
    /// <param name="statistics">What images are preprocessed with; null where it is not known, and all ranks go on by asking <see cref="StatisticsCache"/> together.</param>
    public static void Begin(IProcessGroup group, ImageData data, ImageStatistics? statistics)
    {
        if (!group.IsAlone)
            group.Broadcast(JsonSerializer.SerializeToUtf8Bytes(new Plan(data.Train.Classes, statistics)));
    }

    /// <summary>Does the part of a rank that is not rank 0.</summary>
    /// <returns>The exit code.</returns>
    public static int Assist(RunContext context, ConvNet network, ImageData found, PreprocessRecipe recipe, TrainingOptions options)
    {
        var message = context.Group.Broadcast([]);
        if (message.Length == 0)
            return 0;
        var plan = JsonSerializer.Deserialize<Plan>(message)!;
        using var data = found.InOrderOf(plan.Classes);
        var preprocessor = new Preprocessor(network.Info.Input, data.Train.Shape, recipe, plan.Statistics ?? context.StatisticsCache().Of(data, network.Info.Input, context.Log, context.Group));
        var result = new Trainer(network, data, preprocessor, null, context.Log) { Group = context.Group }.Train(options, context.Stop);
        if (result.Stopped)
            return ExitCode.Interrupted;
        Classify(context, network, data, preprocessor, options);
        return 0;
    }

    /// <summary>Has the validation images classified with the weights that rank 0's network has; collective.</summary>
    public static Classification Classify(RunContext context, ConvNet network, ImageData data, Preprocessor preprocessor, TrainingOptions options)
    {
        if (context.Group.Size > 1)
        {
            foreach (var tensor in network.state_dict().Values)
                TensorBroadcast.Run(context.Group, tensor);
        }
        network.eval();
        return Classification.Of([new(network, data.Validation, preprocessor) { Batch = options.Recipe.Batch, Device = options.Device }], context.Log, context.Group, context.Stop);
    }
}
