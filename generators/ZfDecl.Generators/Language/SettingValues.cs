using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Primitives;
using ZfDecl.Generators.Yaml;

namespace ZfDecl.Generators.Language;

/// <summary>The values of one mapping of a spec: what is written, and the defaults of what is not.</summary>
internal sealed class SettingValues
{
    private readonly IReadOnlyList<Key> keys;
    private readonly Dictionary<Key, object?> values = [];
    private readonly Dictionary<Key, Entry> written = [];
    private readonly HashSet<string> meant = [];
    private readonly SourceSpan span;

    private SettingValues(IReadOnlyList<Key> keys, SourceSpan span)
    {
        this.keys = keys;
        this.span = span;
    }

    /// <summary>Whether something of it is wrong or missing, which is reported.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>What is written, in order, as far as the keys are known.</summary>
    public IReadOnlyList<Entry> Entries => [.. written.Values];

    /// <summary>The position of what is missing.</summary>
    public SourceSpan Span => span;

    /// <summary>Keys that a misspelt one stands for: they are not missing as well.</summary>
    public IEnumerable<string> Misspelt => meant;

    /// <summary>Reads entries by a list of keys; each unknown, missing or wrong one is reported.</summary>
    /// <param name="owner">Whose settings they are, in the words of a message: "layer 'conv1'".</param>
    /// <param name="span">Where the mapping begins: the position of what is missing.</param>
    /// <param name="entries">What is written.</param>
    /// <param name="keys">What may be written.</param>
    /// <param name="report">Takes what is wrong.</param>
    /// <param name="partial">Whether it is a part of something: what is required may be missing.</param>
    /// <param name="meant">Keys that are misspelt elsewhere, and so not missing here.</param>
    public static SettingValues Read(
        string owner, SourceSpan span, IEnumerable<Entry> entries, IReadOnlyList<Key> keys, DiagnosticBag report, bool partial = false, IEnumerable<string>? meant = null)
    {
        var settings = new SettingValues(keys, span);
        settings.meant.UnionWith(meant ?? []);
        foreach (var entry in entries)
        {
            if (keys.FirstOrDefault(key => key.Name == entry.Key.Text) is not { } key)
            {
                Report(Codes.UnknownKey, entry.Key.Span, $"{owner} has no key '{entry.Key.Text}'{Nearest.Hint(entry.Key.Text, keys.Select(k => k.Name))}");
                if (Nearest.To(entry.Key.Text, keys.Select(k => k.Name)) is { } near)
                    settings.meant.Add(near);
            }
            else
            {
                settings.written[key] = entry;
                if (!entry.HasValue)
                    Report(Codes.Missing, entry.Key.Span, $"{owner}: '{key.Name}' has no value; allowed is {key.Allowed}");
                else if (key.TryRead(entry.Value, out var value))
                    settings.values[key] = value;
                else
                    foreach (var (wrong, what) in MistakenValue.Of(entry.Value, key))
                        Report(Codes.WrongValue, wrong, $"{owner}: '{key.Name}' {what}");
            }
        }
        foreach (var key in keys.Where(key => key.Required && !partial && !settings.written.ContainsKey(key) && !settings.meant.Contains(key.Name)))
            Report(Codes.Missing, span, $"{owner} lacks '{key.Name}': {key.Summary} Write '{key.Name}: …' with {key.Allowed}");
        return settings;

        void Report(Code code, SourceSpan place, string message)
        {
            settings.HasErrors = true;
            report.Add(code, place, message);
        }
    }

    public T Get<T>(Key<T> key) => (T)Value(key)!;

    public bool IsWritten(Key key) => written.ContainsKey(key);

    /// <summary>The value, or one that follows from other keys where it is not written.</summary>
    public T GetOr<T>(Key<T> key, T dependent)
    {
        if (!values.ContainsKey(key))
            values[key] = dependent;
        return (T)values[key]!;
    }

    /// <summary>Leaves a key out, as if it were not written.</summary>
    public void Forget(Key key)
    {
        values.Remove(key);
        written.Remove(key);
    }

    /// <summary>The position of a key's value, or of the mapping where the key is not written.</summary>
    public SourceSpan SpanOf(Key key) => written.TryGetValue(key, out var entry) ? entry.Value.Span : span;

    /// <summary>Every key with its value, written or default but for quiet defaults, as a spec prints them and as C# does.</summary>
    public EquatableArray<WrittenSetting> Printed() =>
    (
        from key in keys
        where values.ContainsKey(key) || key.HasDefault
        let value = Value(key)
        where !key.HasQuietDefault || !Equals(value, key.DefaultValue)
        select new WrittenSetting(key.Name, key.Print(value), key.Property, key.Literal(value))
    ).ToEquatableArray();

    /// <summary>The names of the keys that are written.</summary>
    public IEnumerable<string> Written => keys.Where(IsWritten).Select(key => key.Name);

    private object? Value(Key key) => values.TryGetValue(key, out var value) ? value : key.DefaultValue;
}

/// <summary>A key and its value, as a spec prints them and as C# does.</summary>
internal readonly record struct WrittenSetting(string Key, string Value, string Property, string Literal);
