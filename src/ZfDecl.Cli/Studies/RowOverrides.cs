using ZfDecl.Runs;

namespace ZfDecl.Cli.Studies;

/// <summary>What a row of a study may set for its trainings: the numbers of the recipe that Train accepts.</summary>
internal static class RowOverrides
{
    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = ["epochs", "batch", "learning-rate", "patience"];

    /// <summary>What is wrong with a value; null where nothing is.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="text">The value.</param>
    public static string? Fault(string name, string text)
    {
        var settings = new Settings(new Dictionary<string, string> { [name] = text });
        try
        {
            _ = name switch
            {
                "epochs" => settings.WholeNumber(name, 1, min: 1),
                "batch" => settings.WholeNumber(name, 1, min: 1, max: 65536),
                "learning-rate" => settings.Number(name, 1, above: 0),
                _ => settings.WholeNumberOrNone(name, null, written: false, min: 1) ?? 0,
            };
            return null;
        }
        catch (ZfDeclException fault)
        {
            return fault.Message[(fault.Message.IndexOf(": ", StringComparison.Ordinal) + 2)..];
        }
    }
}
