using System.Globalization;
using ZfDecl.Generators.Yaml;

namespace ZfDecl.Generators.Language;

/// <summary>What a value looks like in a spec, and how it is read and printed.</summary>
internal abstract class ValueType<T>
{
    /// <summary>In the words of an error message: "allowed is {Allowed}".</summary>
    public abstract string Allowed { get; }

    /// <summary>The words it may be, where it may be a word.</summary>
    public virtual IReadOnlyList<string> Words => [];

    /// <summary>The JSON schema of what it may be.</summary>
    public abstract JsonObject Schema { get; }

    public abstract bool TryRead(Node node, out T value);

    /// <summary>As a spec writes it.</summary>
    public abstract string Print(T value);

    /// <summary>As it is shown and kept in records; what is typed so is read as the same.</summary>
    public virtual string Show(T value) => Print(value);

    /// <summary>What a spec would hold for a text that is typed on a command line, where case does not matter in words.</summary>
    public virtual Node Typed(string text) => new ScalarNode(default, Words.FirstOrDefault(word => string.Equals(word, text, StringComparison.OrdinalIgnoreCase)) ?? text);

    /// <summary>In the words of an error message, of what may be typed.</summary>
    public virtual string TypedAllowed => Allowed;

    /// <summary>
    /// What may be typed, for the step of the build that checks it before any of this is compiled: <c>whole >= 1</c>, <c>number > 0 &lt; 1</c>,
    /// <c>words a b</c>, <c>text</c>, one or the other with <c>|</c> between, and before it <c>list</c> or <c>pairs</c>.
    /// </summary>
    public virtual string Rule => "text";

    /// <summary>As C# writes it.</summary>
    public virtual string Literal(T value) => Print(value);

    /// <summary>As JSON has it: a string, a number, a boolean or a sequence.</summary>
    public virtual object Json(T value) => Print(value);
}

internal sealed class IntegerType(int least, int most) : ValueType<int>
{
    public override string Allowed => most == int.MaxValue ? $"a whole number ≥ {least}" : $"a whole number from {least} to {most.ToString("N0", CultureInfo.InvariantCulture)}";

    public override JsonObject Schema => new() { { "type", "integer" }, { "minimum", least }, { "maximum", most == int.MaxValue ? null : most } };

    public override bool TryRead(Node node, out int value)
    {
        value = 0;
        return node is ScalarNode { IsPlain: true } scalar
            && int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
            && value >= least && value <= most;
    }

    public override string Print(int value) => value.ToString(CultureInfo.InvariantCulture);

    public override object Json(int value) => value;

    public override string Rule => FormattableString.Invariant($"whole >= {least} <= {most}");
}

/// <summary>A number within bounds, which are allowed themselves unless excluded.</summary>
internal sealed class NumberType(double least, double most, bool aboveLeast = false, bool belowMost = false) : ValueType<double>
{
    public override string Allowed => (double.IsPositiveInfinity(most), aboveLeast) switch
    {
        (true, _) when double.IsNegativeInfinity(least) => "a number",
        (true, true) => $"a number > {least}",
        (true, false) => $"a number ≥ {least}",
        (false, _) => $"a number {(aboveLeast ? ">" : "≥")} {least} and {(belowMost ? "<" : "≤")} {most}",
    };

    public override JsonObject Schema => new()
    {
        { "type", "number" },
        { aboveLeast ? "exclusiveMinimum" : "minimum", double.IsNegativeInfinity(least) ? null : least },
        { belowMost ? "exclusiveMaximum" : "maximum", double.IsPositiveInfinity(most) ? null : most },
    };

    public override bool TryRead(Node node, out double value)
    {
        value = 0;
        return node is ScalarNode { IsPlain: true } scalar
            && double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && !double.IsNaN(value) && !double.IsInfinity(value)
            && (aboveLeast ? value > least : value >= least) && (belowMost ? value < most : value <= most);
    }

    public override string Print(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public override object Json(double value) => value;

    public override string Rule => "number" + Bound(aboveLeast ? ">" : ">=", least) + Bound(belowMost ? "<" : "<=", most);

    private static string Bound(string sign, double bound) => double.IsInfinity(bound) ? "" : FormattableString.Invariant($" {sign} {bound}");
}

/// <summary>A value, or one word that stands for "none": null.</summary>
/// <param name="inner">What the value is.</param>
/// <param name="word">The word.</param>
/// <param name="earlier">What the word was called before: it is still read, and printed, because hashes and records hold it.</param>
internal sealed class OrWordType<T>(ValueType<T> inner, string word, string? earlier = null) : ValueType<T?>
    where T : struct
{
    public override string Allowed => $"{inner.Allowed}, or '{word}'";

    public override IReadOnlyList<string> Words => [word];

    public override JsonObject Schema => new() { { "anyOf", new[] { inner.Schema, new() { { "enum", earlier is null ? Words : [word, earlier] } } } } };

    public override string Rule => $"{inner.Rule} | words {word}";

    public override bool TryRead(Node node, out T? value)
    {
        value = null;
        if (node is ScalarNode scalar && (scalar.Text == word || scalar.Text == earlier))
            return true;
        if (!inner.TryRead(node, out var read))
            return false;
        value = read;
        return true;
    }

    public override string Print(T? value) => value is { } some ? inner.Print(some) : earlier ?? word;

    public override string Literal(T? value) => value is { } some ? inner.Literal(some) : "null";

    public override object Json(T? value) => value is { } some ? inner.Json(some) : word;
}

/// <summary>A vertical and a horizontal number: <c>7</c> or <c>[7, 5]</c>.</summary>
internal sealed class PairType(int least) : ValueType<Pair>
{
    /// <summary>The greatest number.</summary>
    public const int Greatest = 4096;

    private readonly IntegerType number = new(least, Greatest);

    public override string Allowed => $"{number.Allowed}, or two of them [vertical, horizontal]";

    public override JsonObject Schema => new()
    {
        { "anyOf", new[] { number.Schema, new() { { "type", "array" }, { "items", number.Schema }, { "minItems", 2 }, { "maxItems", 2 } } } },
    };

    public override bool TryRead(Node node, out Pair value)
    {
        value = default;
        if (node is ListNode { Items: [var first, var second] })
        {
            if (!number.TryRead(first, out var y) || !number.TryRead(second, out var x))
                return false;
            value = new(y, x);
            return true;
        }
        if (!number.TryRead(node, out var side))
            return false;
        value = new(side, side);
        return true;
    }

    public override string Print(Pair value) => value.ToString();

    public override object Json(Pair value) => value.Y == value.X ? value.Y : new[] { value.Y, value.X };
}

/// <summary>Yes or no: <c>true</c> or <c>false</c>.</summary>
internal sealed class FlagType : ValueType<bool>
{
    public override string Allowed => "true or false";

    public override IReadOnlyList<string> Words { get; } = ["true", "false"];

    public override string Rule => "words true false";

    public override JsonObject Schema => new() { { "type", "boolean" } };

    public override bool TryRead(Node node, out bool value)
    {
        value = node is ScalarNode { IsPlain: true, Text: "true" };
        return value || node is ScalarNode { IsPlain: true, Text: "false" };
    }

    public override string Print(bool value) => value ? "true" : "false";

    public override object Json(bool value) => value;
}

/// <summary>One of a few words, each standing for a value.</summary>
internal sealed class WordType<T>(params (string Word, T Value)[] words) : ValueType<T>
{
    public override string Allowed => $"one of {string.Join(", ", Words)}";

    public override IReadOnlyList<string> Words { get; } = [.. words.Select(w => w.Word)];

    public override string Rule => $"words {string.Join(" ", Words)}";

    public override JsonObject Schema => new() { { "enum", Words } };

    public override bool TryRead(Node node, out T value)
    {
        var index = node is ScalarNode scalar ? Array.FindIndex(words, w => w.Word == scalar.Text) : -1;
        value = index < 0 ? default! : words[index].Value;
        return index >= 0;
    }

    public override string Print(T value) => words.First(w => EqualityComparer<T>.Default.Equals(w.Value, value)).Word;

    public override string Literal(T value) => value is bool flag ? (flag ? "true" : "false") : $"{value}";
}

/// <summary>A mapping or a list that has a reader of its own.</summary>
internal sealed class StructureType<TNode>(string allowed, Func<JsonObject> schema) : ValueType<TNode>
    where TNode : Node
{
    public override string Allowed => allowed;

    public override JsonObject Schema => schema();

    public override bool TryRead(Node node, out TNode value)
    {
        value = (node as TNode)!;
        return value is not null;
    }

    public override string Print(TNode value) => throw new NotSupportedException("a structure is printed by its reader");
}
