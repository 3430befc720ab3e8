using ZfDecl.Cli.Configuration;
using ZfDecl.Generators.Language;
using ZfDecl.Messages;
using ZfDecl.Networks.Recipes;

namespace ZfDecl.Cli.Training;

/// <summary>
/// How long a training on few images is. The epochs of a recipe are meant for the data set that it was written for; with few images they are a handful of steps. Where the user does not say
/// how many epochs there are, there are enough for <see cref="Count"/> steps, but no more than <see cref="MostEpochs"/>, each of which is validated and saved.
/// </summary>
internal static class LeastSteps
{
    /// <summary>Fewer steps hardly move the weights of a network from where they begin.</summary>
    public const int Count = 1000;

    /// <summary>The most epochs that a recipe is lengthened to.</summary>
    public const int MostEpochs = 200;

    /// <summary>The recipe with as many epochs as that takes; a word says so where they are more than the recipe's.</summary>
    /// <param name="context">Train's.</param>
    /// <param name="recipe">The recipe of this run.</param>
    /// <param name="images">Training images.</param>
    public static TrainingRecipe Of(RunContext context, TrainingRecipe recipe, int images)
    {
        var perEpoch = (images + recipe.Batch - 1) / recipe.Batch;
        var epochs = Math.Min((Count + perEpoch - 1) / perEpoch, MostEpochs);
        if (context.Settings.IsGiven(TrainKeys.Epochs) || epochs <= recipe.Epochs)
            return recipe;
        context.Log.Say($"{Quantity.Of(images, "image")} in batches of {recipe.Batch} are {Quantity.Of(perEpoch, "step")} an epoch, so the {recipe.Epochs} epochs of the recipe would be {perEpoch * recipe.Epochs} steps only; "
            + $"it trains for {epochs} epochs, {perEpoch * epochs} steps, instead (-p:Epochs={recipe.Epochs} for those of the recipe)");
        context.Settings.Tell(TrainKeys.Epochs, epochs, SettingOrigin.Default);
        return recipe with { Epochs = epochs };
    }
}
