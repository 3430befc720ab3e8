using ZfDecl.Generators.Language;
using ZfDecl.Generators.Yaml;

namespace ZfDecl.Cli.Configuration;

/// <summary>Any text, taken as it is typed: a path, names of images, a grid of values. What it must be beyond that, its reader says.</summary>
/// <param name="allowed">What it is, in the words of an error message.</param>
/// <param name="holds">Whether a text is one; any is where omitted.</param>
internal sealed class FreeText(string allowed, Func<string, bool>? holds = null) : ValueType<string>
{
    public override string Allowed => allowed;

    public override JsonObject Schema => new() { { "type", "string" } };

    public override bool TryRead(Node node, out string value)
    {
        value = (node as ScalarNode)?.Text ?? "";
        return node is ScalarNode && holds?.Invoke(value) != false;
    }

    public override string Print(string value) => value;
}
