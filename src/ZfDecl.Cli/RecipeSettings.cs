using System.Globalization;
using ZfDecl.Networks;

namespace ZfDecl.Cli;

/// <summary>What only a spec decides, key by key as it writes it, so that a run shows and keeps all it uses.</summary>
internal static class RecipeSettings
{
    /// <summary>The keys, for example <c>preprocess.subtract</c>, with their values.</summary>
    public static IEnumerable<(string Key, string Value)> Of(Recipe recipe)
    {
        var (train, preprocess) = (recipe.Train, recipe.Preprocess);
        yield return ("train.momentum", Text(train.Momentum));
        yield return ("train.weight-decay", Text(train.WeightDecay));
        yield return ("train.anneal", Word(train.Anneal));
        yield return ("train.warm-up", Text(train.WarmUp));
        yield return ("train.filter-rms", train.FilterRms is { } radius ? Text(radius) : "none");
        yield return ("train.initial-std", train.InitialStd is { } deviation ? Text(deviation) : "he");
        foreach (var seen in OfEvaluation(preprocess))
            yield return seen;
        yield return ("preprocess.augment", Word(preprocess.Augment));
        if (preprocess.Augment.HasFlag(Augmentation.Shift))
            yield return ("preprocess.shift", Text(preprocess.Shift));
    }

    /// <summary>Those that decide what a network sees of an image outside of training.</summary>
    public static IEnumerable<(string Key, string Value)> OfEvaluation(PreprocessRecipe recipe)
    {
        yield return ("preprocess.resize", recipe.Resize is { } side ? Text(side) : "none");
        yield return ("preprocess.subtract", Word(recipe.Subtract));
        yield return ("preprocess.divide", recipe.Divide is { } divisor ? Text(divisor) : "deviation");
    }

    /// <summary>The name under which a key stands in run.json.</summary>
    public static string NameOf(string key) => key[(key.IndexOf('.', StringComparison.Ordinal) + 1)..];

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    /// <summary>A value as a spec writes it: <c>PixelMean</c> is <c>pixel-mean</c>.</summary>
    private static string Word(Enum value)
    {
        var name = value.ToString();
        return string.Concat(name.Select((letter, i) => !char.IsUpper(letter) ? $"{letter}" : i == 0 || name[i - 1] == ' ' ? $"{char.ToLowerInvariant(letter)}" : $"-{char.ToLowerInvariant(letter)}"));
    }
}
