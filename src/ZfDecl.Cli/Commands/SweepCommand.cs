using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Studies;
using ZfDecl.Generators.Primitives;
using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Cli.Commands;

/// <summary><c>-t:Sweep</c>: trains a network, or several, with every combination of some settings, and compares them.</summary>
internal static class SweepCommand
{
    private const int MostRows = 200;

    public static int Run(RunContext context)
    {
        var settings = context.Settings;
        NetworkEntry[] networks = settings.IsGiven(SettingTable.Specs)
            ? [.. settings.Value(SettingTable.Specs, "").Split(['+', ',', ';', ' '], StringSplitOptions.RemoveEmptyEntries).SelectMany(name => context.Networks.FindAll(name, "Specs")).DistinctBy(entry => entry.Info.Name)]
            : [context.Network()];
        var axes = Axes(settings.Value(SettingTable.Sweep, ""), networks[0].Info);
        if (networks.Length * axes.Sum(axis => axis.Values.Length) == 0 && networks.Length < 2)
            throw Invalid("", "there is nothing to compare; give -p:Sweep=\"learning-rate=0.02+0.05 batch=64+128\" or several networks with -p:Specs=A+B");
        var combinations = axes.Aggregate<(string Name, string[] Values), IEnumerable<(string Name, string Value)[]>>(
            [[]], (all, axis) => all.SelectMany(one => axis.Values.Select(value => ((string, string)[])[.. one, (axis.Name, value)])));
        StudyRow[] rows =
        [
            .. from network in networks
               from combination in combinations
               select new StudyRow(Label(network, networks.Length > 1, combination), network, combination.ToDictionary(pair => pair.Name, pair => pair.Value)),
        ];
        rows = [.. rows.Select(row => row == rows[0] ? row : row with { Against = rows[0].Label })];
        if (rows.Length > MostRows)
            throw Invalid(settings.Value(SettingTable.Sweep, ""), $"these are {rows.Length} trainings; {MostRows} are allowed");
        var title = $"{string.Join(" + ", networks.Select(entry => entry.Info.Name))}  ·  {(axes.Count > 0 ? string.Join(", ", axes.Select(axis => axis.Name)) : "compared")}";
        var seeds = settings.Value(SettingTable.Seeds);
        return new StudyRunner(context, new(Name(rows), title, rows, seeds, Data: null), "Sweep", TrainCommand.Run).Run();
    }

    /// <summary>
    /// The settings that are swept, with their values: <c>learning-rate=0.02+0.05 batch=64+128</c>. Commas and semicolons, which MSBuild takes apart, separate as
    /// well where they arrive; values that are several themselves stand between bars: <c>augment=flip|flip+shift</c>.
    /// </summary>
    /// <exception cref="ZfDeclException">ZF1473: this is no grid; the message names all that is wrong with it.</exception>
    private static List<(string Name, string[] Values)> Axes(string text, NetworkInfo info)
    {
        var (axes, faults) = (new List<(string Name, string[] Values)>(), new List<string>());
        foreach (var part in text.Split([';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] sides = part.Split('=', 2, StringSplitOptions.TrimEntries);
            var key = RecipeSettings.Keys.FirstOrDefault(key => key.Name == sides[0]);
            var values = sides.Length == 2 ? [.. sides[1].Split(key is { HoldsSeveral: true } ? [',', '|'] : [',', '|', '+'], StringSplitOptions.RemoveEmptyEntries).Distinct()] : Array.Empty<string>();
            if (values.Length == 0)
                faults.Add($"'{part}' is no setting with values, such as batch=64+128");
            else if (key is null)
                faults.Add($"there is no '{sides[0]}' to sweep{Nearest.Hint(sides[0], RecipeSettings.Keys.Select(other => other.Name))}");
            else if (axes.Exists(axis => axis.Name == sides[0]))
                faults.Add($"'{sides[0]}' stands there twice");
            else
                axes.Add((sides[0], values));
            if (key is not null)
                faults.AddRange(values.Select(value => (value, fault: RowOverrides.Fault(key, value, info))).Where(pair => pair.fault is not null).Select(pair => $"{key.Name}={pair.value}: {pair.fault}"));
        }
        return faults.Count == 0 ? axes : throw Invalid(text, string.Join("; ", faults));
    }

    private static string Label(NetworkEntry network, bool isNamed, (string Name, string Value)[] combination) =>
        string.Join(" ", [.. isNamed || combination.Length == 0 ? [network.Info.Name] : Array.Empty<string>(), .. combination.Select(pair => $"{pair.Name} {pair.Value}")]);

    // Another grid is another study; the runs of both are the same where their rows are.
    private static string Name(StudyRow[] rows) => "sweep-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rows.Select(row => $"{row.Network.Info.Name} {row.Label}")))))[..6].ToLower(CultureInfo.InvariantCulture);

    private static ZfDeclException Invalid(string text, string finding) => new("ZF1473", $"-p:Sweep={text}: {finding}");
}
