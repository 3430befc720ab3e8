namespace ZfDecl.Networks.Recipes;

/// <summary>What the visualisation shows.</summary>
public sealed record VisualizeRecipe
{
    /// <summary>The names of the layers, one sheet each.</summary>
    public required IReadOnlyList<string> Layers { get; init; }

    /// <summary>How many of the strongest activations of each feature map are shown; the paper shows 9.</summary>
    public required int Top { get; init; }
}
