using ZfDecl.Cli.Configuration;
using ZfDecl.Generators.Language;
using ZfDecl.Networks;

namespace ZfDecl.Cli.Studies;

/// <summary>What a row of a study may set for its trainings: the keys of the recipe that Train accepts.</summary>
internal static class RowOverrides
{
    /// <summary>What is wrong with a value; null where nothing is.</summary>
    /// <param name="key">One of <see cref="RecipeSettings.Keys"/>.</param>
    /// <param name="text">The value, as it is typed.</param>
    /// <param name="info">The row's network; null where that is not known.</param>
    public static string? Fault(Key key, string text, NetworkInfo? info)
    {
        if (Settings.FaultOf(key, text) is { } fault)
            return fault;
        if (info is null)
            return null;
        var settings = new Settings(new Dictionary<string, string> { [key.Name] = text });
        RecipeSettings.Of(settings, info);
        return settings.Faults.Select(other => other.Message[(other.Message.IndexOf(": ", StringComparison.Ordinal) + 2)..]).FirstOrDefault();
    }
}
