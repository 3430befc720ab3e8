using TorchSharp;
using ZfDecl.Generators.Language;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Networks.Recipes;

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

    /// <summary>Whether batch normalisation takes the statistics of the whole minibatch where several ranks have a part of it; each part's own otherwise.</summary>
    public bool SyncsBatchNorm { get; init; }

    /// <summary>After how long a checkpoint is written in the middle of an epoch; one is written after each epoch in any case.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Refuses values that a spec may not have, which an override may: all of them at once.</summary>
    /// <param name="info">The network that is trained.</param>
    /// <exception cref="ZfDeclException">ZF1303.</exception>
    internal void Check(NetworkInfo info)
    {
        string[] broken =
        [
            .. TrainKeys.Section.Keys.Select(key => (Key: key, Value: RecipeValues.Get(Recipe, key))).Where(pair => !pair.Key.Allows(pair.Value))
                .Select(pair => $"{pair.Key.Name} is {pair.Key.Show(pair.Value)}; allowed is {pair.Key.Allowed}"),
            .. new[] { (TrainKeys.Rates, Recipe.Rates), (TrainKeys.Decay, Recipe.Decay) }
                .Select(pair => ParameterFactors.Problem(info, pair.Item2.Keys) is { } problem ? $"{pair.Item1.Name}: {problem}" : null).OfType<string>(),
        ];
        if (broken.Length > 0)
            throw new ZfDeclException("ZF1303", $"these settings of the training are not possible: {string.Join("; ", broken)}");
    }
}
