using System.Text.Json;

namespace ZfDecl.Files;

/// <summary>What can be seen of a record's JSON without knowing what record it is.</summary>
/// <param name="Format">The number of its format; 1 where it has none, null where that is no whole number from 1 on.</param>
/// <param name="HasFormat">Whether it carries one.</param>
/// <param name="SealAt">Where the digits of its seal begin; -1 where that is no text, null where it has none.</param>
/// <param name="Nulls">The lists with an entry that is null, each by the name of its member.</param>
internal sealed record RecordScan(int? Format, bool HasFormat, int? SealAt, IReadOnlyList<string> Nulls)
{
    /// <summary>The name of the member.</summary>
    public const string FormatName = "format";

    /// <exception cref="JsonException">It is no JSON.</exception>
    public static RecordScan Of(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var (lists, names) = (new Stack<bool>(), new Stack<string>());
        var nulls = new List<string>();
        var (format, found, seal, name) = ((int?)1, false, (int?)null, "the list");
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray or JsonTokenType.StartObject:
                    lists.Push(reader.TokenType == JsonTokenType.StartArray);
                    names.Push(name);
                    break;
                case JsonTokenType.EndArray or JsonTokenType.EndObject:
                    lists.Pop();
                    name = names.Pop();
                    break;
                case JsonTokenType.PropertyName:
                    name = reader.GetString()!;
                    if (reader.CurrentDepth == 1 && name == FormatName)
                    {
                        reader.Read();
                        (found, format) = (true, reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) && number >= 1 ? number : null);
                        if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
                            reader.Skip();
                    }
                    else if (reader.CurrentDepth == 1 && name == Seal.Name)
                    {
                        reader.Read();
                        seal = reader.TokenType == JsonTokenType.String ? (int)reader.TokenStartIndex + 1 : -1;
                        reader.Skip();
                    }
                    break;
                case JsonTokenType.Null when lists.TryPeek(out var isList) && isList && !nulls.Contains(name):
                    nulls.Add(name);
                    break;
            }
        }
        return new(format, found, seal, nulls);
    }
}
