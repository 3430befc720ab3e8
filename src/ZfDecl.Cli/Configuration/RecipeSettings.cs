using ZfDecl.Generators.Language;
using ZfDecl.Generators.Primitives;
using ZfDecl.Networks;
using ZfDecl.Networks.Recipes;
using ZfDecl.Training;

namespace ZfDecl.Cli.Configuration;

/// <summary>The recipe of a spec, key by key as it writes it, so that a run shows and keeps all it uses.</summary>
internal static class RecipeSettings
{
    /// <summary>Those of the training, and those that are set most before the others. Results of studies are kept under what they hold, in this order.</summary>
    private static readonly Key[] OfTraining = [.. new Key[] { TrainKeys.Epochs, TrainKeys.Batch, TrainKeys.LearningRate, TrainKeys.Patience }.Union(TrainKeys.Section.Keys)];

    /// <summary>The keys that change a recipe for one run.</summary>
    public static IReadOnlyList<Key> Keys { get; } = [.. OfTraining, .. PreprocessKeys.OfTraining];

    /// <summary>The keys that decide what a network sees of any image, in training and afterwards: the spec's, and no run's.</summary>
    public static IReadOnlyList<Key> OfSpec { get; } = [.. PreprocessKeys.Section.Keys.Except(PreprocessKeys.OfTraining)];

    /// <summary>A spec's recipe with what the user has set for this run. What a network sees of an image outside of training is the spec's alone.</summary>
    public static Recipe Of(Settings settings, NetworkInfo info)
    {
        var recipe = info.Recipe;
        var (train, preprocess) = (recipe.Train with { }, recipe.Preprocess with { });
        foreach (var key in OfTraining)
            Ask(TrainKeys.Section, train, key);
        foreach (var key in OfSpec)
        {
            var origin = Origin(recipe, $"{PreprocessKeys.Section.Word}.{key.Name}");
            if (!key.HasQuietDefault || origin == SettingOrigin.Spec)
                settings.Tell(key, RecipeValues.Get(preprocess, key), origin);
        }
        Ask(PreprocessKeys.Section, preprocess, PreprocessKeys.Augment);
        if (preprocess.Augment.HasFlag(Augmentation.Shift))
            Ask(PreprocessKeys.Section, preprocess, PreprocessKeys.Shift);
        foreach (var (key, factors) in new[] { (TrainKeys.Rates, train.Rates), (TrainKeys.Decay, train.Decay) })
        {
            if (ParameterFactors.Problem(info, factors.Keys) is { } problem)
                settings.Fault(key, problem);
        }
        if (PreprocessKeys.Contradiction((EquatableArray<string>)RecipeValues.Get(preprocess, PreprocessKeys.Augment)!) is { } contradiction)
            settings.Fault(PreprocessKeys.Augment, $"this {contradiction}");
        return recipe with { Train = train, Preprocess = preprocess };

        void Ask(Section section, object values, Key key)
        {
            var origin = Origin(recipe, $"{section.Word}.{key.Name}");
            // A run that knows nothing of a quiet key shows none.
            if (!key.HasQuietDefault || origin == SettingOrigin.Spec || settings.IsGiven(key))
                RecipeValues.Set(values, key, settings.Value(key, RecipeValues.Get(values, key), origin));
        }
    }

    /// <summary>Where a value of a recipe comes from.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="key">The key in its section, for example <c>visualize.top</c>.</param>
    public static SettingOrigin Origin(Recipe recipe, string key) => recipe.Written.Contains(key) ? SettingOrigin.Spec : SettingOrigin.Default;

    /// <summary>Those that decide what a network sees of an image outside of training, with their values as records keep them.</summary>
    public static IEnumerable<(Key Key, string Value)> OfEvaluation(PreprocessRecipe recipe) =>
        OfSpec.Select(key => (key, key.Show(RecipeValues.Get(recipe, key))));
}
