using System.Globalization;
using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Terminal;
using ZfDecl.Runs;

namespace ZfDecl.Cli.Commands;

/// <summary><c>-t:List</c>: the declared networks, as a table, and the version.</summary>
internal static class ListCommand
{
    /// <summary>Prints the table, and below it the version as <c>run.json</c> has it.</summary>
    /// <returns>0.</returns>
    public static int Run(RunContext context)
    {
        if (context.Networks.All.Count + context.Networks.Broken.Count == 0)
            context.Log.Say("no network is declared; add a spec to specs/");
        else
            SayNetworks(context);
        context.Log.Say($"ZfDecl {RunVersions.Current.ZfDecl}");
        return 0;
    }

    private static void SayNetworks(RunContext context)
    {
        var rows = context.Networks.All.Select(entry => entry.Info).Select(info => new[]
        {
            info.Name,
            info.Input.ToString(),
            info.Layers.Count.ToString(CultureInfo.InvariantCulture),
            info.Parameters.ToString("N0", CultureInfo.InvariantCulture),
            info.MultiplyAdds.ToString("N0", CultureInfo.InvariantCulture),
            info.SpecFile,
            info.Summary,
        });
        var left = context.Networks.Broken.Select(network => new[] { network.Name ?? "?", "", "", "", "", network.SpecFile, $"LEFT OUT: {context.Networks.Reason(network)}" });
        foreach (var line in TextTable.Lines(["name", "input", "layers", "parameters", "multiply-adds", "spec", "summary"], "llrrrll", rows.Concat(left)))
            context.Log.Say(line);
    }
}
