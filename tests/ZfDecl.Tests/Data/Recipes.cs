using ZfDecl.Networks.Recipes;

namespace ZfDecl.Tests.Data;

internal static class Recipes
{
    /// <summary>Bytes as they are.</summary>
    public static PreprocessRecipe Plain { get; } =
        new() { Resize = null, Subtract = Subtraction.None, Divide = 1, Augment = Augmentation.None, Shift = 0 };
}
