using System.Globalization;

namespace ZfDecl.Benchmarks;

/// <summary>Any number of different specs: whole ones of the size of the shipped ones, and a variant for every five.</summary>
internal static class Specs
{
    private static readonly string Zf8 = Read("zf8.yaml");
    private static readonly string Fashion = Read("fashion.yaml");

    public static IReadOnlyList<(string Path, string Text)> Make(int count) => [.. Enumerable.Range(0, count).Select(i => ($"specs/net{i}.yaml", One(i)))];

    /// <summary>The spec with another number of units in a layer.</summary>
    public static string Edited(string text) => text.Replace("units: 4096", "units: 4095", StringComparison.Ordinal).Replace("units: 256", "units: 255", StringComparison.Ordinal);

    private static string One(int i) => (i % 5) switch
    {
        4 => string.Create(CultureInfo.InvariantCulture, $"network: Net{i}\nextends: Net{i - 4}\nchange: {{ conv3: {{ maps: {64 + i} }} }}\n"),
        0 or 2 => Zf8.Replace("network: Zf8", $"network: Net{i}", StringComparison.Ordinal).Replace("classes: 1000", string.Create(CultureInfo.InvariantCulture, $"classes: {1000 + i}"), StringComparison.Ordinal),
        _ => Fashion.Replace("network: Fashion", $"network: Net{i}", StringComparison.Ordinal).Replace("classes: 10", string.Create(CultureInfo.InvariantCulture, $"classes: {10 + i}"), StringComparison.Ordinal),
    };

    private static string Read(string resource)
    {
        using var reader = new StreamReader(typeof(Specs).Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
