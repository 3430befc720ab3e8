using ZfDecl.Generators.Primitives;
using static ZfDecl.Generators.Language.Keys;

namespace ZfDecl.Generators.Language;

/// <summary>The keys of <c>train:</c>: the one place of each, for specs, the schema, the command line, studies, records and the documentation. Its property in the record is all else it needs.</summary>
internal static class TrainKeys
{
    /// <summary>The kinds of parameters that factors are given to, beside layers.</summary>
    public const string Weight = "weight", Bias = "bias";

    public static Key<int> Batch { get; } = Integer("batch", "Images in a minibatch.", 1, 65536).Default(128);

    public static Key<int> Epochs { get; } = Integer("epochs", "Passes over the training set.", 1, 1_000_000).Default(10);

    public static Key<double> LearningRate { get; } = Number("learning-rate", "The (peak) learning rate.", 0, aboveLeast: true).Default(1e-2);

    public static Key<int?> Patience { get; } = Of("patience", "Epochs without a lower validation error after which the training ends; 'none' for all its epochs.", new OrWordType<int>(new IntegerType(1, 1_000_000), "none")).QuietDefault(null);

    public static Key<EquatableArray<Factor>> Rates { get; } =
        Of("rates", "Factors of the learning rate, by kind of parameter ('weight', 'bias') and by layer, which multiply each other; 0 keeps a parameter as it is.", new FactorsType(Bias, Weight)).QuietDefault(EquatableArray<Factor>.Empty);

    public static Key<EquatableArray<Factor>> Decay { get; } =
        Of("decay", "Factors of the weight decay, by kind of parameter ('weight', 'bias') and by layer, which multiply each other.", new FactorsType(Bias, Weight)).QuietDefault(EquatableArray<Factor>.Empty);

    /// <summary>In the order that a resolved spec prints them in.</summary>
    public static Section Section { get; } = new("train", "TrainingRecipe", "How the network is trained: stochastic gradient descent with momentum.",
    [
        Batch,
        Epochs,
        LearningRate,
        Number("momentum", "The share of the last step that is added to this one.", 0, 1, belowMost: true).Default(0.9),
        Number("weight-decay", "The pull of each weight towards 0.", 0).Default(0),
        Word("anneal", "How the learning rate falls.",
            ("constant", "Annealing.Constant"), ("cosine", "Annealing.Cosine"), ("step", "Annealing.Step"), ("plateau", "Annealing.Plateau")).Default("Annealing.Constant"),
        Number("warm-up", "Epochs over which the learning rate rises from 0.", 0).Default(0),
        Of("filter-rms", "The radius that a conv filter's RMS is scaled back to after each step.", new OrWordType<double>(new NumberType(0, double.PositiveInfinity, aboveLeast: true), "none")).Default(null),
        Of("initial-std", "The standard deviation that weights start with; 'he' for √(2 / fan-in).", new OrWordType<double>(new NumberType(0, double.PositiveInfinity, aboveLeast: true), "he")).Default(null),
        Patience,
        Rates,
        Decay,
        Word("class-weights", "How much the classes count in the loss: each image alike (none), or each class alike, whose images then weigh the more the fewer they are (balanced).",
            ("none", "ClassWeighting.None"), ("balanced", "ClassWeighting.Balanced")).QuietDefault("ClassWeighting.None"),
    ]);
}
