using System.Globalization;
using System.Numerics;
using ZfDecl.Generators.Reading;
using ZfDecl.Runs;

namespace ZfDecl.Cli;

/// <summary>
/// Every setting that a run uses, with its origin. A verb asks for each once, by name, with the value that holds where the user gives none;
/// what it has asked for is shown at the start of the run and kept in run.json.
/// </summary>
/// <param name="given">What the user has given with <c>-p:</c>, as text, by the names of the host's options, for example <c>learning-rate</c>.</param>
public sealed class Settings(IReadOnlyDictionary<string, string> given)
{
    private const string None = "none";

    private readonly List<Setting> used = [];
    private HashSet<string> asked = [];         // names; shared with the settings for other networks

    /// <summary>What has been asked for so far, in that order.</summary>
    public IReadOnlyList<Setting> Used => used;

    /// <summary>What the user has given and nobody has asked for, as the user gives it: <c>-p:Crops</c>.</summary>
    public IReadOnlyList<string> Unused => [.. given.Keys.Except(asked).Select(Property)];

    /// <summary>Whether the user has given a setting for this run.</summary>
    public bool IsGiven(string name) => given.ContainsKey(name);

    /// <summary>The same settings for another network, which is looked at beside the one they are for.</summary>
    /// <param name="spec">The other network.</param>
    /// <param name="run">The name of its run; null where the user has named none.</param>
    public Settings For(string spec, string? run)
    {
        var others = given.Where(setting => setting.Key is not ("spec" or "run" or "runs" or "against")).Append(new("spec", spec));
        return new(new Dictionary<string, string>(run is null ? others : others.Append(new("run", run)))) { asked = asked };
    }

    /// <summary>A whole number.</summary>
    /// <param name="name">For example <c>batch</c>.</param>
    /// <param name="value">The value where the user gives none.</param>
    /// <param name="written">Whether the spec writes that value; a default otherwise.</param>
    /// <param name="min">The least value allowed.</param>
    /// <param name="max">The greatest value allowed; the type's own where omitted.</param>
    /// <exception cref="ZfDeclException">ZF1003: what the user has given is no whole number or out of range.</exception>
    public T WholeNumber<T>(string name, T value, bool written = false, T? min = null, T? max = null)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var (least, most) = (min ?? T.MinValue, max ?? T.MaxValue);
        return Use(name, value, written, text => WholeNumber(name, text, least, most, $"{least} … {most}"));
    }

    /// <summary>A whole number, or the word <c>none</c>.</summary>
    /// <param name="name">For example <c>patience</c>.</param>
    /// <param name="value">The value where the user gives none; null for 'none'.</param>
    /// <param name="written">Whether the spec writes that value; a default otherwise.</param>
    /// <param name="min">The least number allowed.</param>
    /// <exception cref="ZfDeclException">ZF1003: what the user has given is neither, or out of range.</exception>
    public int? WholeNumberOrNone(string name, int? value, bool written, int min) => Use(name, value, written, text =>
        text.Equals(None, StringComparison.OrdinalIgnoreCase) ? (int?)null : WholeNumber(name, text, min, int.MaxValue, $"{min} … {int.MaxValue}, or '{None}'"), None);

    /// <summary>Whole numbers, with plus signs, commas or spaces between.</summary>
    /// <param name="name">For example <c>per-class</c>.</param>
    /// <param name="value">The values where the user gives none.</param>
    /// <param name="min">The least value allowed.</param>
    /// <returns>Each once, in the order given; at least one.</returns>
    /// <exception cref="ZfDeclException">ZF1003: what the user has given is no list of whole numbers, or one is too small.</exception>
    public IReadOnlyList<int> WholeNumbers(string name, IReadOnlyList<int> value, int min) => [.. Use(name, (IReadOnlyList<string>)[.. value.Select(Show)], written: false, text => (IReadOnlyList<string>)
    [
        .. text.Split([',', ';', '+', ' '], StringSplitOptions.RemoveEmptyEntries).Select(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min
            ? Show(number)
            : throw Invalid(name, text, $"'{word}' is no whole number of at least {min}; give such as {string.Join('+', value)}")).Distinct().DefaultIfEmpty()
            .Select(word => word ?? throw Invalid(name, text, $"there is no number; give such as {string.Join('+', value)}")),
    ]).Select(word => int.Parse(word, CultureInfo.InvariantCulture))];

    /// <summary>A number, written with a point, for example <c>1e-2</c>.</summary>
    /// <param name="name">For example <c>learning-rate</c>.</param>
    /// <param name="value">The value where the user gives none.</param>
    /// <param name="written">Whether the spec writes that value; a default otherwise.</param>
    /// <param name="above">Only values above this one are allowed.</param>
    /// <param name="least">The least value allowed.</param>
    /// <param name="below">Only values below this one are allowed.</param>
    /// <exception cref="ZfDeclException">ZF1003: what the user has given is no finite number or out of range.</exception>
    public double Number(
        string name, double value, bool written = false, double above = double.NegativeInfinity, double least = double.NegativeInfinity, double below = double.PositiveInfinity) =>
        Use(name, value, written, text => Number(name, text, above, least, below, "one such as 0.05 or 5e-2"));

    /// <summary>A number above 0, or a word that stands for none.</summary>
    /// <param name="word">The word, for example <c>none</c>.</param>
    /// <param name="name">For example <c>filter-rms</c>.</param>
    /// <param name="value">The value where the user gives none; null for the word.</param>
    /// <param name="written">Whether the spec writes that value; a default otherwise.</param>
    /// <exception cref="ZfDeclException">ZF1003: what the user has given is neither.</exception>
    public double? NumberOr(string word, string name, double? value, bool written) => Use(name, value, written, text =>
        text.Equals(word, StringComparison.OrdinalIgnoreCase)
            ? (double?)null
            : Number(name, text, above: 0, double.NegativeInfinity, double.PositiveInfinity, $"one such as 0.05 or 5e-2, or '{word}'"), word);

    /// <summary>A text.</summary>
    /// <param name="name">For example <c>spec</c>.</param>
    /// <param name="value">The value where the user gives none.</param>
    /// <param name="written">Whether the spec writes that value; a default otherwise.</param>
    public string Text(string name, string value, bool written = false) => Use(name, value, written, text => text);

    /// <summary>The name of a file or folder that the run makes, for example of the run itself.</summary>
    /// <param name="name">For example <c>run</c>.</param>
    /// <param name="value">The value where the user gives none.</param>
    /// <exception cref="ZfDeclException">ZF1003: what the user has given would not stay one name inside its folder.</exception>
    public string FileName(string name, string value) =>
        Use(name, value, written: false, text =>
            !PlainName.Is(text)
                ? throw Invalid(name, text, $"'{text}' cannot be the name of a folder; use letters, digits, '-' and '_'")
                : text);

    /// <summary>A folder or file. What the user gives is relative to where the user stands.</summary>
    /// <param name="name">For example <c>data</c>.</param>
    /// <param name="value">The full path where the user gives none; null where there is none either.</param>
    /// <param name="written">Whether the spec writes that value; a default otherwise.</param>
    /// <param name="words">What is no path but a word of its own.</param>
    /// <returns>The full path, one of <paramref name="words"/>, or null.</returns>
    /// <exception cref="ZfDeclException">ZF1003: what the user has given is no path.</exception>
    public string? FilePath(string name, string? value, bool written = false, IReadOnlyList<string>? words = null) =>
        Use(name, value, written, text => words?.Contains(text) == true ? text : text.Contains('\0', StringComparison.Ordinal) ? throw Invalid(name, text, "this is no path") : Path.GetFullPath(text));

    /// <summary>One of a few words; case does not matter.</summary>
    /// <param name="name">For example <c>device</c>.</param>
    /// <param name="value">The value where the user gives none.</param>
    /// <param name="allowed">The words.</param>
    /// <param name="written">Whether the spec writes that value; a default otherwise.</param>
    /// <returns>One of <paramref name="allowed"/>, as written there.</returns>
    /// <exception cref="ZfDeclException">ZF1003: what the user has given is none of them.</exception>
    public string Choice(string name, string value, IReadOnlyList<string> allowed, bool written = false) =>
        Use(name, value, written, text => OneOf(name, text, text, allowed));

    /// <summary>Some of a few words, with commas, plus signs or spaces between; case does not matter. (MSBuild takes an unquoted comma for itself.)</summary>
    /// <param name="name">For example <c>layers</c>.</param>
    /// <param name="value">The words where the user gives none.</param>
    /// <param name="allowed">The words that may be given.</param>
    /// <param name="written">Whether the spec writes that value; a default otherwise.</param>
    /// <returns>Some of <paramref name="allowed"/>, as written there, each once, in the order given.</returns>
    /// <exception cref="ZfDeclException">ZF1003: the user has given another one.</exception>
    public IReadOnlyList<string> Choices(string name, IReadOnlyList<string> value, IReadOnlyList<string> allowed, bool written = false) =>
        Use(name, value, written, text => (IReadOnlyList<string>)
            [.. text.Split([',', ';', '+', ' '], StringSplitOptions.RemoveEmptyEntries).Select(word => OneOf(name, text, word, allowed)).Distinct()]);

    /// <summary>Says what the run uses, as an aligned table, and what the user has given that it does not use.</summary>
    /// <param name="log">Where to.</param>
    public void Report(IRunLog log)
    {
        var name = used.Select(setting => setting.Name.Length).DefaultIfEmpty().Max();
        var value = used.Select(setting => setting.Value.Length).Where(length => length <= 60).DefaultIfEmpty().Max();
        foreach (var setting in used)
            log.Say($"  {setting.Name.PadRight(name)}  {(setting.Value.Length == 0 ? None : setting.Value).PadRight(value)}  {Describe(setting)}");
        var unused = given.Keys.Except(used.Select(setting => setting.Name)).Select(Property).ToArray();
        if (unused.Length > 0)
            log.Say($"  not used here: {string.Join(", ", unused)}");
    }

    private static T WholeNumber<T>(string name, string text, T least, T most, string allowed)
        where T : struct, IBinaryInteger<T> =>
        !T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
                ? throw Invalid(name, text, $"'{text}' is out of range; give {allowed}")
                : throw Invalid(name, text, $"'{text}' is no whole number; give {allowed}")
            : number < least || number > most ? throw Invalid(name, text, $"{text} is out of range; give {allowed}")
            : number;

    private static double Number(string name, string text, double above, double least, double below, string allowed) =>
        !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number)
            ? throw Invalid(name, text, $"'{text}' is no number; give {allowed}")
            : number <= above ? throw Invalid(name, text, FormattableString.Invariant($"{text} is out of range; give more than {above}"))
            : number < least ? throw Invalid(name, text, FormattableString.Invariant($"{text} is out of range; give at least {least}"))
            : number >= below ? throw Invalid(name, text, FormattableString.Invariant($"{text} is out of range; give less than {below}"))
            : number;

    private T Use<T>(string name, T value, bool written, Func<string, T> parse, string absent = "")
    {
        var text = given.GetValueOrDefault(name);
        var result = text is null ? value : parse(text);
        var origin = text is not null ? SettingOrigin.Property : written ? SettingOrigin.Spec : SettingOrigin.Default;
        asked.Add(name);
        used.RemoveAll(setting => setting.Name == name);
        used.Add(new Setting(name, result is null ? absent : Show(result), origin));
        return result;
    }

    private static string OneOf(string name, string text, string word, IReadOnlyList<string> allowed)
    {
        if (allowed.FirstOrDefault(one => string.Equals(one, word, StringComparison.OrdinalIgnoreCase)) is { } found)
            return found;
        var hint = Nearest.To(word, allowed) is { } nearest ? $" did you mean '{nearest}'?" : "";
        throw Invalid(name, text, $"there is no '{word}';{hint} give one of {string.Join(", ", allowed)}");
    }

    private static string Show<T>(T value) => value switch
    {
        IEnumerable<string> words => string.Join(", ", words),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "",
    };

    private static string Describe(Setting setting) => setting.Origin switch
    {
        SettingOrigin.Property => Property(setting.Name),
        SettingOrigin.Spec => "spec",
        _ => "default",
    };

    private static ZfDeclException Invalid(string name, string text, string finding) => new("ZF1003", $"{Property(name)}={text}: {finding}");

    /// <summary>A setting as the user gives it: <c>learning-rate</c> is <c>-p:LearningRate</c>.</summary>
    public static string Property(string name) =>
        "-p:" + string.Concat(name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
