using ZfDecl.Generators.Primitives;
using ZfDecl.Generators.Yaml;

namespace ZfDecl.Generators.Language;

/// <summary>Names of layers: one, or a list of them.</summary>
/// <param name="least">The least number of names.</param>
/// <param name="most">The greatest.</param>
internal sealed class LayerNamesType(int least, int most) : ValueType<EquatableArray<string>>
{
    public override string Allowed => most == 1 ? "the name of an earlier layer" : $"a list of at least {least} names of earlier layers, such as [conv2, pool1]";

    public override JsonObject Schema
    {
        get
        {
            var name = new JsonObject { { "type", "string" }, { "pattern", NamePatterns.Layer } };
            var list = new JsonObject { { "type", "array" }, { "items", name }, { "minItems", least }, { "maxItems", most == int.MaxValue ? null : most } };
            return least > 1 ? list : new() { { "anyOf", new[] { name, list } } };
        }
    }

    public override bool TryRead(Node node, out EquatableArray<string> value)
    {
        var items = node is ListNode list ? list.Items : [node];
        value = items.OfType<ScalarNode>().Select(name => name.Text).ToEquatableArray();
        return value.Count == items.Count && value.Count >= least && value.Count <= most && value.All(name => name.Length > 0);
    }

    public override string Print(EquatableArray<string> value) => value.Count == 1 ? value[0] : $"[{string.Join(", ", value)}]";
}
