using System.Text.Json.Nodes;
using ZfDecl.Files;

namespace ZfDecl.Tests.Files;

/// <summary>Sealed files as tests read and change them.</summary>
internal static class Seals
{
    /// <summary>The lines of a table without its seal, which holds.</summary>
    public static string[] Lines(string path) => CsvFile.Read(path).TrimEnd('\n').Split('\n');

    /// <summary>Changes a record, and takes out the seal that would tell.</summary>
    public static void Change(string path, Action<JsonObject> change)
    {
        var record = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        record.Remove(Seal.Name);
        change(record);
        File.WriteAllText(path, record.ToJsonString());
    }

    /// <summary>A record's text with zeros for its seal.</summary>
    public static string Blanked(string json) => JsonNode.Parse(json)![Seal.Name] is { } seal ? json.Replace((string)seal!, Seal.Blank, StringComparison.Ordinal) : json;
}
