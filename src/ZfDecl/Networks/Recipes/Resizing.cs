namespace ZfDecl.Networks.Recipes;

/// <summary>How a picture of any size becomes one of the wanted size.</summary>
/// <param name="Fit">Which part of it is seen where its proportions are others.</param>
/// <param name="Interpolation">How its pixels become new ones.</param>
public readonly record struct Resizing(Fitting Fit, Interpolation Interpolation)
{
    /// <summary>How a recipe resizes.</summary>
    public static Resizing Of(PreprocessRecipe recipe) => new(recipe.Fit, recipe.Interpolation);

    /// <summary>Bilinear, as where nothing else is said.</summary>
    public static implicit operator Resizing(Fitting fit) => new(fit, Interpolation.Bilinear);
}
