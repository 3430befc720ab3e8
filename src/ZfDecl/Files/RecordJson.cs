using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using ZfDecl.Messages;

namespace ZfDecl.Files;

/// <summary>
/// How all records of a run are written as JSON, and read back: of a known format, with a seal that holds where they carry one (a file of an earlier version has
/// none), with all members that they must have, nothing that is null in a list, no member twice, and without what the record itself has to say against its values. What is wrong names the file and the member, never a type of this program.
/// </summary>
internal static partial class RecordJson
{
    /// <summary>The code of a record that a newer version made.</summary>
    public const string Newer = "ZF1221";

    private const int MostProblems = 5;

    /// <summary>Writes a record.</summary>
    /// <param name="path">The destination.</param>
    /// <param name="record">The content.</param>
    /// <param name="indented">Whether it is laid out for people; a record of thousands of entries had better not be.</param>
    /// <exception cref="ZfDeclException">ZF1204: the file cannot be written.</exception>
    internal static void Write<T>(string path, T record, bool indented = true) where T : class, IRecord =>
        AtomicFile.Write(path, stream => stream.Write(Sealed(JsonSerializer.Serialize(record, indented ? Options<T>.Indented : Options<T>.Compact) + "\n")));

    /// <summary>Reads a record.</summary>
    /// <exception cref="ZfDeclException">
    /// The kind's own code: the file is damaged; ZF1221: a newer version made it; ZF1202: it cannot be read; ZF1220, ZF1222: it is no regular file, or too large.
    /// </exception>
    internal static T Read<T>(string path) where T : class, IRecord => Read(path, (json, _) => Deserialized<T, T>(json));

    /// <summary>Reads a record that earlier versions kept as something else, without a format.</summary>
    /// <param name="path">The file.</param>
    /// <param name="now">What the earlier content is now.</param>
    /// <inheritdoc cref="Read{T}(string)"/>
    internal static T Read<T, TEarlier>(string path, Func<TEarlier, T> now) where T : class, IRecord where TEarlier : class =>
        Read(path, (json, scan) => scan.HasFormat ? Deserialized<T, T>(json) : now(Deserialized<TEarlier, T>(json)));

    private static T Read<T>(string path, Func<byte[], RecordScan, T> deserialized) where T : class, IRecord
    {
        var kind = T.Kind;
        try
        {
            var json = RegularFile.ReadBytes(path, RegularFile.LargestRecord);
            if (json is [0xEF, 0xBB, 0xBF, ..])                         // a byte order mark
                json = json[3..];
            var scan = RecordScan.Of(json);
            if (scan.Format > kind.Format)
                throw new ZfDeclException(Newer, $"'{path}' was made by a newer version: its format is {scan.Format}, and this version reads up to {kind.Format}. Read it with the version that made it, or newer", path);
            if (scan.SealAt is { } seal && !Seal.Holds(json, seal))
                throw Damaged(kind, path, [$"it {Seal.Broken}"]);
            string[] nulls = [.. scan.Nulls.Select(name => $"an entry of '{name}' is null")];
            if (scan.Format is null || nulls.Length > 0)
                throw Damaged(kind, path, scan.Format is null ? ["'format' is not a whole number from 1 on", .. nulls] : nulls);
            var record = deserialized(json, scan);
            return record.Problems().Take(MostProblems + 1).ToList() is { Count: > 0 } problems ? throw Damaged(kind, path, problems) : record;
        }
        catch (JsonException cause)
        {
            throw Damaged(kind, path, [Sentence(cause)], cause);
        }
        catch (Exception cause) when (cause is InvalidOperationException or NotSupportedException or ArgumentException or FormatException or OverflowException)
        {
            throw Damaged(kind, path, ["a member has a value that cannot be"], cause);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.CannotRead(path, cause, char.ToLowerInvariant(kind.Remedy[0]) + kind.Remedy[1..]);
        }
    }

    // The seal stands right after the format, before any text that somebody else has chosen.
    private static byte[] Sealed(string json)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(json);
        Seal.Close(bytes, json.IndexOf(Seal.Blank, StringComparison.Ordinal));
        return bytes;
    }

    private static TContent Deserialized<TContent, TRecord>(byte[] json) where TContent : class where TRecord : class, IRecord =>
        JsonSerializer.Deserialize<TContent>(json, Options<TRecord>.Indented) ?? throw new JsonException("it is null");

    private static ZfDeclException Damaged(RecordKind kind, string path, IReadOnlyCollection<string> problems, Exception? cause = null) =>
        new(kind.Code, $"{kind.Finding}: {string.Join("; ", problems.Take(MostProblems))}{(problems.Count > MostProblems ? "; and more" : "")}. {kind.Remedy}", path, cause);

    /// <summary>What is wrong with a JSON text, without the names of types that the exception has.</summary>
    private static string Sentence(JsonException cause)
    {
        var at = cause.Path is { Length: > 2 } path ? $"'{path[2..]}'" : "the record";
        if (Missing().Match(cause.Message) is { Success: true } missing)
            return $"{at} lacks {missing.Groups[1].Value}";
        if (Duplicate().Match(cause.Message) is { Success: true } twice)
            return $"{twice.Groups[1].Value} is there twice";
        if (Member().Match(cause.Message) is { Success: true } member)
            return $"'{member.Groups[1].Value}' is null";
        var message = Position().Replace(cause.Message, "").TrimEnd('.');
        return NamesAType().IsMatch(message) ? $"{at} is not of the kind that it should be" : cause.LineNumber is { } line ? $"line {line + 1}: {message}" : message;
    }

    private static class Options<T> where T : class, IRecord
    {
        public static readonly JsonSerializerOptions Indented = new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            WriteIndented = true,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,      // class names stay readable; the file is no part of a page
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            AllowDuplicateProperties = false,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { AddFormatAndSeal } },
        };

        public static readonly JsonSerializerOptions Compact = new(Indented) { WriteIndented = false };

        private static void AddFormatAndSeal(JsonTypeInfo type)
        {
            if (type.Type != typeof(T))
                return;
            Add(type, 0, RecordScan.FormatName, typeof(int), T.Kind.Format);
            Add(type, 1, Seal.Name, typeof(string), Seal.Blank);
        }

        private static void Add(JsonTypeInfo type, int place, string name, Type kind, object value)
        {
            var member = type.CreateJsonPropertyInfo(kind, name);
            member.Get = _ => value;
            member.Order = int.MinValue + place;
            type.Properties.Insert(place, member);
        }
    }

    [GeneratedRegex("missing required properties including: (.+?)\\.?( Path:|$)")]
    private static partial Regex Missing();

    [GeneratedRegex("^Duplicate property ('[^']+')")]
    private static partial Regex Duplicate();

    [GeneratedRegex("^The (?:property or field|constructor parameter) '([^']+)' on type .* null", RegexOptions.Singleline)]
    private static partial Regex Member();

    [GeneratedRegex(@" *(Path: .*)?\|? *LineNumber: .*$", RegexOptions.Singleline)]
    private static partial Regex Position();

    [GeneratedRegex(@"could not be converted|type '|System\.|ZfDecl\.")]
    private static partial Regex NamesAType();
}
