using System.Globalization;
using ZfDecl.Networks;
using ZfDecl.Runs;

namespace ZfDecl.Cli;

/// <summary>The recipe of a spec, key by key as it writes it, so that a run shows and keeps all it uses.</summary>
internal static class RecipeSettings
{
    private static readonly string[] Augmentations = ["flip", "shift", "random-crop", "ten-crops"];

    /// <summary>The settings that change a recipe for one run.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["epochs", "batch", "learning-rate", "patience", "momentum", "weight-decay", "anneal", "warm-up", "filter-rms", "initial-std", "augment", "shift"];

    /// <summary>A spec's recipe with what the user has set for this run. What a network sees of an image outside of training is the spec's alone.</summary>
    /// <exception cref="ZfDeclException">ZF1003: a value is not allowed, or contradicts another.</exception>
    public static Recipe Of(Settings settings, Recipe recipe)
    {
        var (train, preprocess) = (recipe.Train, recipe.Preprocess);
        var chosen = recipe with
        {
            Train = train with
            {
                Epochs = settings.WholeNumber("epochs", train.Epochs, Written("train.epochs"), min: 1),
                Batch = settings.WholeNumber("batch", train.Batch, Written("train.batch"), min: 1, max: 65536),
                LearningRate = settings.Number("learning-rate", train.LearningRate, Written("train.learning-rate"), above: 0),
                Patience = Patience(settings, train.Patience, Written("train.patience")),
                Momentum = settings.Number("momentum", train.Momentum, Written("train.momentum"), least: 0, below: 1),
                WeightDecay = settings.Number("weight-decay", train.WeightDecay, Written("train.weight-decay"), least: 0),
                Anneal = Enum.Parse<Annealing>(settings.Choice("anneal", Word(train.Anneal), [.. Enum.GetValues<Annealing>().Select(anneal => Word(anneal))], Written("train.anneal")), ignoreCase: true),
                WarmUp = settings.Number("warm-up", train.WarmUp, Written("train.warm-up"), least: 0),
                FilterRms = settings.NumberOr("none", "filter-rms", train.FilterRms, Written("train.filter-rms")),
                InitialStd = settings.NumberOr("he", "initial-std", train.InitialStd, Written("train.initial-std")),
            },
        };
        foreach (var (key, value) in OfEvaluation(preprocess))
            settings.Text(NameOf(key), value, Written(key));
        var augment = Augment(settings, preprocess.Augment, Written("preprocess.augment"));
        return chosen with
        {
            Preprocess = preprocess with
            {
                Augment = augment,
                Shift = augment.HasFlag(Augmentation.Shift) ? settings.WholeNumber("shift", preprocess.Shift, Written("preprocess.shift"), min: 1, max: 4096) : preprocess.Shift,
            },
        };

        bool Written(string key) => recipe.Written.Contains(key);
    }

    /// <summary>Those that decide what a network sees of an image outside of training.</summary>
    public static IEnumerable<(string Key, string Value)> OfEvaluation(PreprocessRecipe recipe)
    {
        yield return ("preprocess.resize", recipe.Resize is { } side ? Text(side) : "none");
        yield return ("preprocess.subtract", Word(recipe.Subtract));
        yield return ("preprocess.divide", recipe.Divide is { } divisor ? Text(divisor) : "deviation");
    }

    // Asked for only where somebody has said something: a run that knows no patience shows none.
    private static int? Patience(Settings settings, int? patience, bool written) =>
        written || settings.IsGiven("patience") ? settings.WholeNumberOrNone("patience", patience, written, min: 1) : null;

    private static Augmentation Augment(Settings settings, Augmentation augment, bool written)
    {
        var words = settings.Choices("augment", [.. Word(augment).Split(", ")], ["none", .. Augmentations], written);
        var chosen = words.Aggregate(Augmentation.None, (all, word) => all | Enum.Parse<Augmentation>(word.Replace("-", "", StringComparison.Ordinal), ignoreCase: true));
        if (words.Contains("none") && words.Count > 1)
            throw new ZfDeclException("ZF1003", $"-p:Augment={string.Join('+', words)}: none, and more; give one of the two");
        if (chosen.HasFlag(Augmentation.RandomCrop | Augmentation.TenCrops))
            throw new ZfDeclException("ZF1003", $"-p:Augment={string.Join('+', words)}: both choose the crop; give random-crop or ten-crops");
        return chosen;
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
