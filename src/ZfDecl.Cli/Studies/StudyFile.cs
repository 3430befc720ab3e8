using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;
using ZfDecl.Data;
using ZfDecl.Generators.Reading;
using ZfDecl.Networks;
using ZfDecl.Runs;
using ZfDecl.Studies;

namespace ZfDecl.Cli.Studies;

/// <summary>Reads a study from a file of <c>specs/studies/</c>. All that is wrong with it is found at once, each on its line and column.</summary>
internal sealed class StudyFile
{
    private const int Deepest = 20;
    private static readonly string[] StudyKeys = ["study", "data", "seeds", "extends", "variants", "rows"], RowKeys = ["label", "spec", "against", "paper", .. RecipeSettings.Names], PaperKeys = ["train", "val", "top5"];

    private readonly string path;
    private readonly NetworkCatalog networks;
    private readonly List<ZfDeclException> errors = [];
    private bool isCompiled = true;         // whether the variants that it holds itself, the generator's to read, are among the networks

    private StudyFile(string path, NetworkCatalog networks) => (this.path, this.networks) = (path, networks);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; its name without ending is the study's.</param>
    /// <param name="networks">Those that rows may name.</param>
    /// <returns>The study, and no errors; or null, and at least one: ZF1470, the file cannot be read; ZF1471, something in it is wrong.</returns>
    public static (Study? Study, IReadOnlyList<ZfDeclException> Errors) Read(string path, NetworkCatalog networks)
    {
        var file = new StudyFile(path, networks);
        Study? study = null;
        try
        {
            study = file.Study(file.Root(File.ReadAllText(path)));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return (null, [new("ZF1470", $"the study cannot be read: {cause.Message}", path, cause)]);
        }
        catch (YamlException cause)
        {
            file.Fault(cause.Start, $"this is no YAML: {cause.Message}");
        }
        return file.errors.Count > 0 ? (null, file.errors) : (study, []);
    }

    private YamlNode? Root(string text)
    {
        // The tree is built by recursion, which deep nesting would exhaust.
        var events = new CheckedParser(new Parser(new StringReader(text)));
        for (var depth = 0; events.MoveNext();)
        {
            depth += events.Current!.NestingIncrease;
            if (depth > Deepest)
                throw new YamlException(events.Current.Start, events.Current.End, $"it is nested more than {Deepest} deep");
            if (events.Current is AnchorAlias)
                throw new YamlException(events.Current.Start, events.Current.End, "aliases have no use here; write the value out");
        }
        var stream = new YamlStream();
        stream.Load(new CheckedParser(new Parser(new StringReader(text))));
        if (stream.Documents.Count == 1)
            return stream.Documents[0].RootNode;
        Fault(new Mark(0, 1, 1), $"there are {stream.Documents.Count} documents; a study is one");
        return null;
    }

    private Study? Study(YamlNode? root)
    {
        if (root is null || Keys(root, "a study", StudyKeys) is not { } keys)
            return null;
        isCompiled = !keys.ContainsKey("variants") || networks.All.Any(entry => Path.GetFileName(entry.Info.SpecFile) == Path.GetFileName(path));
        var title = Scalar(keys, "study", root, isRequired: true) is { } node ? node.Value ?? "" : "";
        IReadOnlyList<int> seeds = keys.TryGetValue("seeds", out var given) ? [.. Items(given, "seeds").Select(Seed).OfType<int>()] : [1];
        if (seeds.Distinct().Count() < seeds.Count)
            Fault(given!.Start, "a seed stands here twice");
        var rows = new List<StudyRow>();
        if (!keys.TryGetValue("rows", out var list))
            Fault(root.Start, "a study needs 'rows'");
        foreach (var item in list is null ? [] : Items(list, "rows"))
        {
            if (Row(item) is not { } row)
                continue;
            if (row.Slug.Length is 0 or > 60)
                Fault(item.Start, $"the label '{row.Label}' needs 1 to 60 letters or digits: it names the runs");
            else if (rows.Any(other => other.Slug == row.Slug))
                Fault(item.Start, $"there are two rows '{row.Label}'; give them different labels");
            if (row.Against is { } against && rows.All(other => other.Label != against))
                Fault(item.Start, $"against: there is no row '{against}' above this one{Nearest.Hint(against, [.. rows.Select(other => other.Label)])}");
            rows.Add(row);
        }
        return new(Path.GetFileNameWithoutExtension(path), title, rows, seeds, Data(keys, root));
    }

    private string? Data(Dictionary<string, YamlNode> keys, YamlNode root) =>
        Scalar(keys, "data", root, isRequired: false)?.Value is not { } data ? null
        : ImageFolder.BuiltIn.Contains(data) ? data
        : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, data));

    private int? Seed(YamlNode node)
    {
        if (node is YamlScalarNode { Value: { } text } && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed))
            return seed;
        Fault(node.Start, $"'{node}' is no seed; give whole numbers of at least 0");
        return null;
    }

    private StudyRow? Row(YamlNode node)
    {
        if (Keys(node, "a row", RowKeys) is not { } keys)
            return null;
        var (label, spec) = (Scalar(keys, "label", node, isRequired: true)?.Value, Scalar(keys, "spec", node, isRequired: true));
        var network = spec is null ? null : Network(spec);
        var overrides = new Dictionary<string, string>();
        foreach (var name in RecipeSettings.Names)
        {
            if (!keys.TryGetValue(name, out var value) || Value(name, value) is not { } text)
                continue;
            if (RowOverrides.Fault(name, text, (network ?? networks.All[0]).Info.Recipe) is { } fault)
                Fault(value.Start, $"{name}: {fault}");
            overrides[name] = text;
        }
        var paper = keys.TryGetValue("paper", out var published) && Keys(published, "what a paper has found", PaperKeys) is { } numbers
            ? new PublishedErrors(Percent(numbers, "train"), Percent(numbers, "val"), Percent(numbers, "top5"))
            : null;
        return label is null || network is null ? null : new(label, network, overrides, paper, Scalar(keys, "against", node, isRequired: false)?.Value);
    }

    /// <summary>A value of the recipe, as -p: would give it; a list where a spec has one.</summary>
    private string? Value(string name, YamlNode node)
    {
        if (name == "augment" && node is YamlSequenceNode list && list.All(item => item is YamlScalarNode { Value.Length: > 0 }))
            return string.Join('+', list.Select(item => ((YamlScalarNode)item).Value));
        if (node is YamlScalarNode { Value: { Length: > 0 } text })
            return text;
        Fault(node.Start, $"{name}: give one value");
        return null;
    }

    private NetworkEntry? Network(YamlScalarNode node)
    {
        var names = networks.All.Select(entry => entry.Info.Name).ToArray();
        if (networks.All.FirstOrDefault(entry => entry.Info.Name == node.Value) is { } found)
            return found;
        Fault(node.Start, $"no network '{node.Value}' is declared{Nearest.Hint(node.Value ?? "", names)}{(isCompiled ? "" : "; variants that a study holds itself are compiled where it lies in specs/studies")}");
        return null;
    }

    private double? Percent(Dictionary<string, YamlNode> keys, string name)
    {
        if (!keys.TryGetValue(name, out var node))
            return null;
        if (node is YamlScalarNode { Value: { } text } && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 100)
            return number;
        Fault(node.Start, $"{name}: '{node}' is no error in percent; give 0 … 100");
        return null;
    }

    private Dictionary<string, YamlNode>? Keys(YamlNode node, string what, string[] allowed)
    {
        if (node is not YamlMappingNode mapping)
        {
            Fault(node.Start, $"{what} is a mapping with the keys {string.Join(", ", allowed)}");
            return null;
        }
        var keys = new Dictionary<string, YamlNode>();
        foreach (var (key, value) in mapping.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            if (allowed.Contains(name))
                keys[name] = value;
            else
                Fault(key.Start, $"{what} has no key '{name}'{Nearest.Hint(name, allowed)}");
        }
        return keys;
    }

    private YamlScalarNode? Scalar(Dictionary<string, YamlNode> keys, string name, YamlNode owner, bool isRequired)
    {
        if (!keys.TryGetValue(name, out var node))
        {
            if (isRequired)
                Fault(owner.Start, $"'{name}' is missing");
            return null;
        }
        if (node is YamlScalarNode { Value.Length: > 0 } scalar)
            return scalar;
        Fault(node.Start, $"{name}: give one value");
        return null;
    }

    private IEnumerable<YamlNode> Items(YamlNode node, string name)
    {
        if (node is YamlSequenceNode { Children.Count: > 0 } list)
            return list.Children;
        Fault(node.Start, $"{name}: give a list of at least one");
        return [];
    }

    private void Fault(Mark at, string finding) =>
        errors.Add(new("ZF1471", finding, FormattableString.Invariant($"{path}({Math.Max(1, at.Line)},{Math.Max(1, at.Column)})")));
}
