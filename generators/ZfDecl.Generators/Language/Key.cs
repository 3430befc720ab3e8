using ZfDecl.Generators.Yaml;

namespace ZfDecl.Generators.Language;

/// <summary>
/// One key of the language: what it is called, what it means, what it may hold, and what holds where it is left out. The parser, the
/// resolved spec, the JSON schema and the documentation all come from these definitions.
/// </summary>
/// <param name="name">As it stands in a spec, in kebab-case.</param>
/// <param name="summary">One sentence, for hover texts and the documentation.</param>
internal abstract class Key(string name, string summary)
{
    public string Name => name;

    public string Summary => summary;

    /// <summary>True where there is no default.</summary>
    public abstract bool Required { get; }

    /// <summary>What it may hold, in the words of an error message, for example "a whole number ≥ 1".</summary>
    public abstract string Allowed { get; }

    /// <summary>The words it may hold, where it may hold a word.</summary>
    public abstract IReadOnlyList<string> Words { get; }

    /// <summary>True where <see cref="DefaultValue"/> holds if the key is left out; false where it is required or follows from other keys.</summary>
    public abstract bool HasDefault { get; }

    /// <summary>The value that holds where the key is left out.</summary>
    public abstract object? DefaultValue { get; }

    /// <summary>What an editor is told: the meaning, the default, and what it may hold.</summary>
    public abstract JsonObject Schema { get; }

    /// <summary>Whether the default is left out where a resolved spec is printed.</summary>
    public abstract bool HasQuietDefault { get; }

    /// <summary>Reads the value; false where the node does not hold one.</summary>
    public abstract bool TryRead(Node node, out object? value);

    /// <summary>Reads the value as it is typed on a command line: without brackets, and case does not matter in words.</summary>
    public abstract bool TryReadTyped(string text, out object? value);

    /// <summary>What may be typed on a command line, in the words of an error message.</summary>
    public abstract string TypedAllowed { get; }

    /// <summary>The same for who has nothing of the language, <c>whole >= 1 &lt;= 4096</c>: see <see cref="ValueType{T}.Rule"/>.</summary>
    public abstract string Rule { get; }

    /// <summary>Whether its value may be several, with plus signs between where it is typed.</summary>
    public bool HoldsSeveral => Rule.StartsWith("list ", StringComparison.Ordinal) || Rule.StartsWith("pairs ", StringComparison.Ordinal);

    /// <summary>The value as a spec writes it.</summary>
    public abstract string Print(object? value);

    /// <summary>The value as it is shown, kept in records, and could be typed on a command line.</summary>
    public abstract string Show(object? value);

    /// <summary>Whether a value of its type is one that it may hold.</summary>
    public bool Allows(object? value) => TryReadTyped(Show(value), out _);

    /// <summary>The value as C# writes it.</summary>
    public abstract string Literal(object? value);

    /// <summary>The name as a C# property: <c>learning-rate</c> is <c>LearningRate</c>.</summary>
    public string Property => field ??= string.Concat(name.Split('-').Select(part => char.ToUpperInvariant(part[0]) + part.Substring(1)));
}

/// <summary>A key whose value is a <typeparamref name="T"/>.</summary>
internal sealed class Key<T>(string name, string summary, ValueType<T> type, Requirement presence, T? fallback) : Key(name, summary)
{
    public override bool Required => presence == Requirement.Required;

    public override string Allowed => type.Allowed;

    public override IReadOnlyList<string> Words => type.Words;

    public override bool HasDefault => presence is Requirement.Default or Requirement.QuietDefault;

    public override bool HasQuietDefault => presence == Requirement.QuietDefault;

    public override object? DefaultValue => fallback;

    public override JsonObject Schema
    {
        get
        {
            var schema = new JsonObject { { "description", Summary } };
            if (HasDefault && type is not TextType)
                schema.Add("default", type.Json(fallback!));
            schema.AddRange(type.Schema);
            return schema;
        }
    }

    public override bool TryRead(Node node, out object? value)
    {
        var read = type.TryRead(node, out var typed);
        value = typed;
        return read;
    }

    public override bool TryReadTyped(string text, out object? value) => TryRead(type.Typed(text), out value);

    public override string TypedAllowed => type.TypedAllowed;

    public override string Rule => type.Rule;

    public override string Print(object? value) => type.Print((T)value!);

    public override string Show(object? value) => type.Show((T)value!);

    public override string Literal(object? value) => type.Literal((T)value!);
}

/// <summary>What holds where a key is left out.</summary>
internal enum Requirement
{
    Required,
    Default,
    QuietDefault,
    Dependent,
}
