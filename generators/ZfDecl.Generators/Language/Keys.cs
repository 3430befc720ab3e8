namespace ZfDecl.Generators.Language;

/// <summary>How keys are defined: <c>Keys.Integer("maps", "…", least: 1).Required()</c>.</summary>
internal static class Keys
{
    public static KeyDefinition<int> Integer(string name, string summary, int least, int most = int.MaxValue) => new(name, summary, new IntegerType(least, most));

    public static KeyDefinition<double> Number(string name, string summary, double least, double most = double.PositiveInfinity, bool aboveLeast = false, bool belowMost = false) =>
        new(name, summary, new NumberType(least, most, aboveLeast, belowMost));

    public static KeyDefinition<Pair> Pair(string name, string summary, int least) => new(name, summary, new PairType(least));

    public static KeyDefinition<Padding> Padding(string name, string summary, bool byRule = true) => new(name, summary, new PaddingType(byRule));

    public static KeyDefinition<T> Word<T>(string name, string summary, params (string, T)[] words) => new(name, summary, new WordType<T>(words));

    public static KeyDefinition<bool> Flag(string name, string summary) => new(name, summary, new FlagType());

    public static KeyDefinition<T> Of<T>(string name, string summary, ValueType<T> type) => new(name, summary, type);
}

/// <summary>A key that still lacks the word on its default.</summary>
internal readonly struct KeyDefinition<T>(string name, string summary, ValueType<T> type)
{
    /// <summary>There is no default: the key must be written.</summary>
    public Key<T> Required() => new(name, summary, type, Requirement.Required, default);

    /// <summary>The value where the key is left out.</summary>
    public Key<T> Default(T value) => new(name, summary, type, Requirement.Default, value);

    /// <summary>
    /// The value where the key is left out, which a printed spec leaves out too: a key that the language gains must not change the hash of networks
    /// that were trained before it was there.
    /// </summary>
    public Key<T> QuietDefault(T value) => new(name, summary, type, Requirement.QuietDefault, value);

    /// <summary>Where the key is left out, the value depends on others, as the summary says.</summary>
    public Key<T> Dependent() => new(name, summary, type, Requirement.Dependent, default);
}
