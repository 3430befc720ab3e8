using TorchSharp;
using ZfDecl.Networks;
using ZfDecl.Runs;

namespace ZfDecl.Training;

/// <summary>How a network is trained this time.</summary>
public sealed record TrainingOptions
{
    /// <summary>The recipe: the spec's (<see cref="Recipe.Train"/>), with what was overridden for this run.</summary>
    public required TrainingRecipe Recipe { get; init; }

    /// <summary>Decides the first weights, the order and variation of the images, and dropout.</summary>
    public required int Seed { get; init; }

    /// <summary>Where it is trained.</summary>
    public torch.Device Device { get; init; } = torch.CPU;

    /// <summary>After how long a checkpoint is written in the middle of an epoch; one is written after each epoch in any case.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Refuses values out of their ranges, which an override may have: all of them at once.</summary>
    /// <exception cref="ZfDeclException">ZF1303.</exception>
    internal void Check()
    {
        (bool Holds, string Otherwise)[] rules =
        [
            (Recipe.Batch >= 1, $"batch is {Recipe.Batch}, at least 1 is needed"),
            (Recipe.Epochs >= 1, $"epochs is {Recipe.Epochs}, at least 1 is needed"),
            (IsPositive(Recipe.LearningRate), $"learning-rate is {Recipe.LearningRate}, it must be above 0"),
            (Recipe.Momentum is >= 0 and < 1, $"momentum is {Recipe.Momentum}, it must be 0 or more and below 1"),
            (Recipe.WeightDecay == 0 || IsPositive(Recipe.WeightDecay), $"weight-decay is {Recipe.WeightDecay}, it must be 0 or more"),
            (Recipe.WarmUp == 0 || IsPositive(Recipe.WarmUp), $"warm-up is {Recipe.WarmUp}, it must be 0 or more"),
            (IsPositive(Recipe.FilterRms ?? 1), $"filter-rms is {Recipe.FilterRms}, it must be above 0"),
            (IsPositive(Recipe.InitialStd ?? 1), $"initial-std is {Recipe.InitialStd}, it must be above 0"),
            ((Recipe.Patience ?? 1) >= 1, $"patience is {Recipe.Patience}, at least 1 is needed"),
        ];
        string[] broken = [.. rules.Where(rule => !rule.Holds).Select(rule => rule.Otherwise)];
        if (broken.Length > 0)
            throw new ZfDeclException("ZF1303", $"these settings of the training are out of range: {string.Join("; ", broken)}");

        static bool IsPositive(double value) => double.IsFinite(value) && value > 0;
    }
}
