using ZfDecl.Generators.Yaml;

namespace ZfDecl.Generators.Language;

/// <summary>A number above 0, or one word that stands for 0.</summary>
/// <param name="inner">What the number is.</param>
/// <param name="word">The word.</param>
internal sealed class OrZeroType(ValueType<int> inner, string word) : ValueType<int>
{
    public override string Allowed => $"{inner.Allowed}, or '{word}'";

    public override IReadOnlyList<string> Words => [word];

    public override JsonObject Schema => new() { { "anyOf", new[] { inner.Schema, new() { { "enum", Words } } } } };

    public override string Rule => $"{inner.Rule} | words {word}";

    public override bool TryRead(Node node, out int value)
    {
        value = 0;
        return (node is ScalarNode scalar && scalar.Text == word) || inner.TryRead(node, out value);
    }

    public override string Print(int value) => value == 0 ? word : inner.Print(value);

    public override string Literal(int value) => inner.Literal(value);

    public override object Json(int value) => value == 0 ? word : value;
}
