using System.Globalization;
using ZfDecl.Generators.Primitives;
using ZfDecl.Generators.Yaml;

namespace ZfDecl.Generators.Language;

/// <summary>A factor with the name that it belongs to.</summary>
internal readonly record struct Factor(string Name, double Value);

/// <summary>Factors by name, each 0 or more: <c>{ bias: 2, conv1: 0 }</c>, on a command line <c>bias:2+conv1:0</c>. Their order means nothing.</summary>
/// <param name="usual">Names that are always possible, for editors.</param>
internal sealed class FactorsType(params string[] usual) : ValueType<EquatableArray<Factor>>
{
    private static readonly NumberType Number = new(0, double.PositiveInfinity);
    private static readonly char[] Signs = [':', '='];

    public override string Allowed => $"a mapping such as {{ {usual[0]}: 2, conv1: 0 }}, each {Number.Allowed}";

    public override string TypedAllowed => $"names with factors, such as {usual[0]}:2+conv1:0, each {Number.Allowed}; or 'none'";

    public override JsonObject Schema
    {
        get
        {
            var properties = new JsonObject();
            foreach (var name in usual)
                properties.Add(name, Number.Schema);
            return new() { { "type", "object" }, { "properties", properties }, { "additionalProperties", Number.Schema } };
        }
    }

    public override IReadOnlyList<string> Words { get; } = ["none"];

    public override string Rule => $"pairs {Number.Rule} | words none";

    public override bool TryRead(Node node, out EquatableArray<Factor> value)
    {
        value = EquatableArray<Factor>.Empty;
        if (node is not MapNode map || map.Entries.Select(entry => entry.Key.Text).Distinct().Count() < map.Entries.Count)
            return false;
        var factors = new List<Factor>();
        foreach (var entry in map.Entries)
        {
            if (!Number.TryRead(entry.Value, out var factor))
                return false;
            factors.Add(new(entry.Key.Text, factor));
        }
        value = factors.OrderBy(factor => factor.Name, StringComparer.Ordinal).ToEquatableArray();
        return true;
    }

    public override Node Typed(string text)
    {
        if (string.Equals(text, Words[0], StringComparison.OrdinalIgnoreCase))
            return new MapNode(default, []);
        var pairs = Typing.Parts(text).Select(part => part.Split(Signs)).ToList();
        return pairs.All(pair => pair.Length == 2)
            ? new MapNode(default, [.. pairs.Select(pair => new Entry(new(default, pair[0]), new ScalarNode(default, pair[1])))])
            : new ScalarNode(default, text);
    }

    public override string Print(EquatableArray<Factor> value) => $"{{ {string.Join(", ", value.Select(factor => $"{factor.Name}: {Number.Print(factor.Value)}"))} }}";

    public override string Show(EquatableArray<Factor> value) => value.Count == 0 ? Words[0] : string.Join(", ", value.Select(factor => $"{factor.Name}:{Number.Print(factor.Value)}"));

    public override object Json(EquatableArray<Factor> value)
    {
        var factors = new JsonObject();
        foreach (var factor in value)
            factors.Add(factor.Name, factor.Value);
        return factors;
    }

    public override string Literal(EquatableArray<Factor> value) =>
        $"new System.Collections.Generic.Dictionary<string, double> {{ {string.Join(", ", value.Select(factor => $"[\"{factor.Name}\"] = {factor.Value.ToString("R", CultureInfo.InvariantCulture)}"))} }}";
}
