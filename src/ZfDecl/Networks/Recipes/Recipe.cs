namespace ZfDecl.Networks.Recipes;

/// <summary>How a declared network is trained and looked at. Every value is there: the generator has filled in the defaults.</summary>
public sealed record Recipe
{
    /// <summary>How it is trained.</summary>
    public required TrainingRecipe Train { get; init; }

    /// <summary>What is done to an image before the network sees it.</summary>
    public required PreprocessRecipe Preprocess { get; init; }

    /// <summary>What is visualised.</summary>
    public required VisualizeRecipe Visualize { get; init; }

    /// <summary>The folder of its data, relative to the spec's folder; null where the user must name one.</summary>
    public required string? Data { get; init; }

    /// <summary>The keys that the spec itself (or one it extends) writes, for example <c>train.batch</c>; the others are defaults.</summary>
    public required IReadOnlyList<string> Written { get; init; }
}
