using ZfDecl.Data.Batching;
using ZfDecl.Distributed;
using ZfDecl.Networks.Recipes;
using ZfDecl.Tests.Training;
using ZfDecl.Training;
using ZfDecl.Training.DataParallel;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Distributed;

/// <summary>Some steps of a <see cref="SharedNet"/> from the same weights, on one rank or several.</summary>
internal static class SharedSteps
{
    public static TrainingRecipe Recipe { get; } = SmallNet.Training with { Batch = 14, LearningRate = 0.02 };       // of 60 images the last 4 are a minibatch of their own

    /// <summary>Takes an epoch's steps.</summary>
    /// <returns>All weights and statistics, one after another, and the summed loss.</returns>
    public static (float[] Weights, double Loss) Take(IProcessGroup group, bool hasNorm = false, bool syncs = false, double rate = 0, TrainingRecipe? recipe = null, int images = 60, bool isWide = false, Action<SharedNet>? begins = null)
    {
        using var data = SmallData.Create(images);
        using var network = new SharedNet(hasNorm, rate, isWide);
        using var scope = NewDisposeScope();
        Fill(network);
        var options = new TrainingOptions { Recipe = recipe ?? Recipe, Seed = 1, SyncsBatchNorm = syncs };
        using var learner = new Learner(network, options, data.Train.Count, ClassWeights.Of(options.Recipe.ClassWeights, data.Train), group);
        using var tally = new Tally(countsTop5: false);
        var agreement = new StepAgreement(group, () => false, CancellationToken.None);
        network.train();
        begins?.Invoke(network);
        foreach (var batch in Batches.ForTraining(data.Train, SmallData.Preprocessor(data), options.Recipe.Batch, 1, 1, CPU, part: new(group.Rank, group.Size)))
        {
            using (batch)
            {
                if (group.IsAlone)
                    learner.Learn(batch, tally, 1);
                else
                    learner.LearnTogether(batch, tally, 1, agreement);
            }
        }
        RankAgreement.CheckWeights(group, network, 1);
        return ([.. network.state_dict().Values.Where(tensor => tensor.dtype == ScalarType.Float32).SelectMany(tensor => tensor.cpu().contiguous().data<float>().ToArray())], tally.Read().TotalLoss);
    }

    // Numbers of no generator, which threads would share.
    private static void Fill(SharedNet network)
    {
        using var noGrad = no_grad();
        foreach (var (parameter, index) in network.parameters().Select((parameter, index) => (parameter, index)))
        {
            var random = new Random(index);
            var width = parameter.dim() > 1 ? MathF.Sqrt(6f / (parameter.numel() / parameter.shape[0])) : 0.1f;
            parameter.copy_(tensor(Enumerable.Range(0, (int)parameter.numel()).Select(_ => (random.NextSingle() - 0.5f) * width).ToArray()).reshape(parameter.shape));
        }
    }
}
