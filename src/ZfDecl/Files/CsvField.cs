namespace ZfDecl.Files;

/// <summary>A text as a field of a CSV table (RFC 4180): in quotes where it has to be.</summary>
internal static class CsvField
{
    public static string Of(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
