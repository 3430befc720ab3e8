using ZfDecl.Generators.Language;
using ZfDecl.Generators.Primitives;
using ZfDecl.Messages;

namespace ZfDecl.Cli.Configuration;

/// <summary>
/// Every setting that a run uses, with its origin. A verb asks for each once, by its key, with the value that holds where the user gives none; what it has asked for is shown at the
/// start of the run and kept in run.json. What is wrong with a given value is kept until <see cref="Report"/>, so that all of it is said at once.
/// </summary>
public sealed class Settings
{
    private readonly IReadOnlyDictionary<string, string> given;
    private readonly IReadOnlyList<Key>? declared;      // by the verb; null for any
    private readonly List<Setting> used = [];
    private HashSet<string> asked = [];         // names; shared with the settings for other networks, like the faults
    private List<ZfDeclException> faults = [];
    private bool isReported;

    /// <param name="given">What the user has given with <c>-p:</c>, as text, by the names of the keys, for example <c>learning-rate</c>.</param>
    public Settings(IReadOnlyDictionary<string, string> given)
        : this(given, null)
    {
    }

    internal Settings(IReadOnlyDictionary<string, string> given, IReadOnlyList<Key>? declared)
    {
        (this.given, this.declared) = (given, declared);
        // What needs no network to be found wrong is found before any work begins.
        foreach (var key in declared ?? [])
        {
            if (given.TryGetValue(key.Name, out var text) && FaultOf(key, text) is { } fault)
                faults.Add(Invalid(key, text, fault));
        }
    }

    /// <summary>What has been asked for so far, in that order.</summary>
    public IReadOnlyList<Setting> Used => used;

    /// <summary>What the user has given and nobody has asked for, as the user gives it: <c>-p:Crops</c>.</summary>
    public IReadOnlyList<string> Unused => [.. given.Keys.Except(asked).Select(Property)];

    /// <summary>What has been found wrong so far and not been thrown.</summary>
    public IReadOnlyList<ZfDeclException> Faults => faults;

    /// <summary>Whether the user has given a setting for this run.</summary>
    internal bool IsGiven(Key key) => given.ContainsKey(key.Name);

    /// <summary>The same settings for another network, which is looked at beside the one they are for.</summary>
    /// <param name="spec">The other network.</param>
    /// <param name="run">The name of its run; null where the user has named none.</param>
    public Settings For(string spec, string? run)
    {
        var others = given.Where(setting => setting.Key is not ("spec" or "run" or "runs" or "against")).Append(new("spec", spec));
        return new(new Dictionary<string, string>(run is null ? others : others.Append(new("run", run)))) { asked = asked, faults = faults };
    }

    /// <summary>The same settings with others in the place of some, for a part of what is asked for.</summary>
    /// <param name="others">As text, by the names of the keys.</param>
    internal Settings With(IReadOnlyDictionary<string, string> others) =>
        new(new Dictionary<string, string>(given.Where(setting => !others.ContainsKey(setting.Key)).Concat(others)), declared) { asked = asked };

    /// <summary>What is wrong with a value that somebody has typed for a key; null where nothing is.</summary>
    internal static string? FaultOf(Key key, string text) =>
        key.TryReadTyped(text, out _) ? null : $"allowed is {key.TypedAllowed}{(Nearest.To(text, key.Words) is { } near ? $"; did you mean '{near}'?" : "")}";

    /// <summary>The value of a key, or its default.</summary>
    internal T Value<T>(Key<T> key) => Value(key, (T)key.DefaultValue!);

    /// <summary>The value of a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value where the user gives none.</param>
    /// <param name="otherwise">Where that value comes from.</param>
    internal T Value<T>(Key<T> key, T value, SettingOrigin otherwise = SettingOrigin.Default) => (T)Value((Key)key, value, otherwise)!;

    /// <inheritdoc cref="Value{T}(Key{T}, T, SettingOrigin)"/>
    internal object? Value(Key key, object? value, SettingOrigin otherwise = SettingOrigin.Default)
    {
        if (given.TryGetValue(key.Name, out var text))
        {
            if (key.TryReadTyped(text, out var typed))
                value = typed;
            else
                Fault(key, FaultOf(key, text)!);
        }
        Use(key, value is null && key is Key<string> ? "" : key.Show(value), otherwise);
        return value;
    }

    /// <summary>Notes a value that no run can set, so that it is shown and kept with the others.</summary>
    internal void Tell(Key key, object? value, SettingOrigin origin)
    {
        used.RemoveAll(setting => setting.Name == key.Name);
        used.Add(new Setting(key.Name, key.Show(value), origin));
    }

    /// <summary>A folder or file. What the user gives is relative to where the user stands.</summary>
    /// <param name="key">For example <see cref="SettingTable.Data"/>.</param>
    /// <param name="value">The full path where the user gives none; null where there is none either.</param>
    /// <param name="otherwise">Where that value comes from.</param>
    /// <param name="words">What is no path but a word of its own.</param>
    /// <returns>The full path, one of <paramref name="words"/>, or null.</returns>
    internal string? FilePath(Key<string> key, string? value, SettingOrigin otherwise = SettingOrigin.Default, IReadOnlyList<string>? words = null)
    {
        var path = given.TryGetValue(key.Name, out var text) && key.TryReadTyped(text, out _) ? words?.Contains(text) == true ? text : Path.GetFullPath(AtHome(text)) : value;
        Use(key, path ?? "", otherwise);
        return path;
    }

    /// <summary>One of a few words that depend on the network; case does not matter.</summary>
    /// <param name="key">For example <see cref="SettingTable.Layer"/>.</param>
    /// <param name="value">The value where the user gives none.</param>
    /// <param name="allowed">The words.</param>
    /// <returns>One of <paramref name="allowed"/>, as written there.</returns>
    internal string Choice(Key<string> key, string value, IReadOnlyList<string> allowed)
    {
        var chosen = given.TryGetValue(key.Name, out var text) ? OneOf(key, text, allowed) ?? value : value;
        Use(key, chosen, SettingOrigin.Default);
        return chosen;
    }

    /// <summary>Some of a few words that depend on the network.</summary>
    /// <param name="key">For example <see cref="VisualizeKeys.Layers"/>.</param>
    /// <param name="value">The words where the user gives none.</param>
    /// <param name="allowed">The words that may be given.</param>
    /// <param name="otherwise">Where that value comes from.</param>
    /// <returns>Some of <paramref name="allowed"/>, as written there, each once, in the order given.</returns>
    internal IReadOnlyList<string> Choices(Key<EquatableArray<string>> key, IReadOnlyList<string> value, IReadOnlyList<string> allowed, SettingOrigin otherwise = SettingOrigin.Default)
    {
        var chosen = given.TryGetValue(key.Name, out var text) && key.TryReadTyped(text, out var typed)
            ? [.. ((EquatableArray<string>)typed!).Select(word => OneOf(key, word, allowed)).OfType<string>()]
            : value;
        Use(key, string.Join(", ", chosen), otherwise);
        return chosen;
    }

    /// <summary>Notes what is wrong with the value that the user has given for a key, or throws it where it is too late for that.</summary>
    /// <exception cref="ZfDeclException">ZF1003: the settings have been reported already.</exception>
    internal void Fault(Key key, string finding)
    {
        var fault = Invalid(key, given[key.Name], finding);
        if (isReported)
            throw fault;
        if (!faults.Exists(other => other.Message == fault.Message))
            faults.Add(fault);
    }

    /// <summary>Says what the run uses, as an aligned table, and what the user has given that it does not use.</summary>
    /// <param name="log">Where to.</param>
    /// <exception cref="ZfDeclException">ZF1003: a value is not allowed; the others that are not stand in <see cref="Faults"/> still.</exception>
    public void Report(IRunLog log)
    {
        Check();
        isReported = true;
        var name = used.Select(setting => setting.Name.Length).DefaultIfEmpty().Max();
        var value = used.Select(setting => setting.Value.Length).Where(length => length <= 60).DefaultIfEmpty().Max();
        foreach (var setting in used)
            log.Say($"  {setting.Name.PadRight(name)}  {(setting.Value.Length == 0 ? "none" : setting.Value).PadRight(value)}  {Describe(setting)}");
        if (Unused.Count > 0)
            log.Say($"  not used here: {string.Join(", ", Unused)}");
    }

    /// <summary>Throws the first of what has been found wrong.</summary>
    /// <exception cref="ZfDeclException">ZF1003.</exception>
    public void Check()
    {
        if (faults.Count == 0)
            return;
        var first = faults[0];
        faults.RemoveAt(0);
        throw first;
    }

    /// <summary>Whether the verb takes a setting.</summary>
    internal bool Declares(Key key) => declared is null || declared.Any(own => own.Name == key.Name);

    private void Use(Key key, string value, SettingOrigin otherwise)
    {
        if (!Declares(key))
            throw new InvalidOperationException($"the verb asks for '{key.Name}', which it does not declare");
        asked.Add(key.Name);
        used.RemoveAll(setting => setting.Name == key.Name);
        used.Add(new Setting(key.Name, value, given.ContainsKey(key.Name) ? SettingOrigin.Property : otherwise));
    }

    private string? OneOf(Key key, string word, IReadOnlyList<string> allowed)
    {
        var found = allowed.FirstOrDefault(one => string.Equals(one, word, StringComparison.OrdinalIgnoreCase));
        if (found is null)
            Fault(key, $"there is no '{word}';{(Nearest.To(word, allowed) is { } nearest ? $" did you mean '{nearest}'?" : "")} give one of {string.Join(", ", allowed)}");
        return found;
    }

    private static string Describe(Setting setting) => setting.Origin switch
    {
        SettingOrigin.Property => Property(setting.Name),
        var other => other.ToString().ToLowerInvariant(),
    };

    private static ZfDeclException Invalid(Key key, string text, string finding) => new("ZF1003", $"{Property(key.Name)}={text}: {finding}");

    /// <summary>A setting as the user gives it: <c>learning-rate</c> is <c>-p:LearningRate</c>.</summary>
    public static string Property(string name) => "-p:" + string.Concat(name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>A path with the user's home for a ~ at its begin: within <c>-p:Data=~/photos</c> the shell leaves it as it is.</summary>
    internal static string AtHome(string path) =>
        path == "~" || path.StartsWith("~/", StringComparison.Ordinal) || path.StartsWith("~\\", StringComparison.Ordinal) ? Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), path[1..]) : path;
}
