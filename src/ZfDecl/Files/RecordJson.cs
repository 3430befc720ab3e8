using System.Text.Encodings.Web;
using System.Text.Json;
using ZfDecl.Messages;

namespace ZfDecl.Files;

/// <summary>How a run's records are written as JSON, and read back.</summary>
internal static class RecordJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,          // class names stay readable; the file is no part of a page
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private static readonly JsonSerializerOptions Compact = new(Options) { WriteIndented = false };

    /// <param name="path">The place.</param>
    /// <param name="record">The content.</param>
    /// <param name="indented">Whether it is laid out for people; a record of thousands of entries had better not be.</param>
    /// <exception cref="ZfDeclException">ZF1204: the file cannot be written.</exception>
    internal static void Write<T>(string path, T record, bool indented = true) =>
        AtomicFile.WriteText(path, JsonSerializer.Serialize(record, indented ? Options : Compact) + "\n");

    /// <exception cref="JsonException">The file holds no such record.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    internal static T Read<T>(string path) where T : class
    {
        using var stream = File.OpenRead(path);
        return JsonSerializer.Deserialize<T>(stream, Options) ?? throw new JsonException("it is null");
    }
}
