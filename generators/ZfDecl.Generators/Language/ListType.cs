using ZfDecl.Generators.Primitives;
using ZfDecl.Generators.Yaml;

namespace ZfDecl.Generators.Language;

/// <summary>A list of items, each read by the same rule; one item may stand without brackets. On a command line there is a plus sign, a comma or a space between.</summary>
/// <param name="item">What an item is.</param>
/// <param name="literal">The items' C# literals as the literal of the list.</param>
/// <param name="none">A word for the empty list; null where there is none.</param>
/// <param name="least">The least number of items.</param>
internal sealed class ListType<T>(ValueType<T> item, Func<IEnumerable<string>, string> literal, string? none = null, int least = 0) : ValueType<EquatableArray<T>>
{
    public override string Allowed => $"a list [a, b, …], each {item.Allowed}{OrNone}";

    public override string TypedAllowed => $"{item.TypedAllowed}, or several with + between{OrNone}";

    public override IReadOnlyList<string> Words => none is null ? item.Words : [.. item.Words, none];

    public override JsonObject Schema
    {
        get
        {
            var list = new JsonObject { { "type", "array" }, { "items", item.Schema }, { "minItems", least == 0 ? null : least } };
            return new() { { "anyOf", none is null ? new[] { list, item.Schema } : [list, item.Schema, new() { { "enum", new[] { none } } }] } };
        }
    }

    public override string Rule => $"list {item.Rule}{(none is null ? "" : $" | words {none}")}";

    private string OrNone => none is null ? "" : $", or '{none}'";

    public override bool TryRead(Node node, out EquatableArray<T> value)
    {
        value = EquatableArray<T>.Empty;
        if (none is not null && node is ScalarNode scalar && scalar.Text == none)
            return true;
        var items = new List<T>();
        foreach (var part in node is ListNode list ? list.Items : [node])
        {
            if (!item.TryRead(part, out var read))
                return false;
            items.Add(read);
        }
        value = items.ToEquatableArray();
        return items.Count >= least;
    }

    public override Node Typed(string text)
    {
        if (string.Equals(text, none, StringComparison.OrdinalIgnoreCase))
            return new ScalarNode(default, none!);
        return new ListNode(default, [.. Typing.Parts(text).Distinct(StringComparer.OrdinalIgnoreCase).Select(item.Typed)]);
    }

    public override string Print(EquatableArray<T> value) => $"[{string.Join(", ", value.Select(item.Print))}]";

    public override string Show(EquatableArray<T> value) => value.Count == 0 && none is not null ? none : string.Join(", ", value.Select(item.Show));

    public override string Literal(EquatableArray<T> value) => literal(value.Select(item.Literal));

    public override object Json(EquatableArray<T> value) => value.Select(item.Json);
}

/// <summary>How several things are typed in one value on a command line.</summary>
internal static class Typing
{
    private static readonly char[] Between = [',', ';', '+', ' '];

    /// <summary>What stands between plus signs, commas, semicolons and spaces. (MSBuild takes an unquoted comma for itself.)</summary>
    public static string[] Parts(string text) => text.Split(Between, StringSplitOptions.RemoveEmptyEntries);
}
