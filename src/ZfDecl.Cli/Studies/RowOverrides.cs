using ZfDecl.Networks;
using ZfDecl.Runs;

namespace ZfDecl.Cli.Studies;

/// <summary>What a row of a study may set for its trainings: the keys of the recipe that Train accepts.</summary>
internal static class RowOverrides
{
    /// <summary>What is wrong with a value; null where nothing is.</summary>
    /// <param name="name">One of <see cref="RecipeSettings.Names"/>.</param>
    /// <param name="text">The value.</param>
    /// <param name="recipe">The recipe of the row's network.</param>
    public static string? Fault(string name, string text, Recipe recipe)
    {
        try
        {
            RecipeSettings.Of(new(new Dictionary<string, string> { [name] = text }), recipe);
            return null;
        }
        catch (ZfDeclException fault)
        {
            return fault.Message[(fault.Message.IndexOf(": ", StringComparison.Ordinal) + 2)..];
        }
    }
}
