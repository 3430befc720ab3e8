using ZfDecl.Cli.Configuration;
using ZfDecl.Data.Layouts;
using ZfDecl.Files;
using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Primitives;
using ZfDecl.Generators.Reading;
using ZfDecl.Generators.Yaml;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Studies.Comparison;
using Values = ZfDecl.Generators.Language.SettingValues;

namespace ZfDecl.Cli.Studies;

/// <summary>Reads a study from a file of <c>specs/studies/</c>, as specs are read. All that is wrong with it is found at once, each on its line and column.</summary>
internal sealed class StudyFile
{
    private const int LongestSlug = 60;

    private readonly string path;
    private readonly NetworkCatalog networks;
    private readonly DiagnosticBag report = new();
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
            var text = RegularFile.ReadInput(path, RegularFile.LargestTable);
            if (string.IsNullOrWhiteSpace(text))
                file.Fault(default, "the file is empty; a study starts with 'study: <title>'");
            else if (YamlReader.Read(path, text, file.report) is { } root)
                study = file.Study(root);
        }
        catch (ZfDeclException refusal)
        {
            return (null, [refusal]);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return (null, [new("ZF1470", $"the study cannot be read: {cause.Message}", path, cause)]);
        }
        return file.report.HasErrors ? (null, [.. file.report.Found.Select(found => new ZfDeclException("ZF1471", found.Message, FormattableString.Invariant($"{path}({found.Span.Line + 1},{found.Span.Column + 1})")))]) : (study, []);
    }

    private Study? Study(Node root)
    {
        if (root is not MapNode map)
        {
            Fault(root.Span, $"a study is a mapping that starts with 'study: <title>'; this is {root.Description}");
            return null;
        }
        var top = Values.Read("a study", map.Span, map.Entries, StudyKeys.Top, report);
        isCompiled = !top.IsWritten(StudyKeys.Variants) || networks.All.Any(entry => Path.GetFileName(entry.Info.SpecFile) == Path.GetFileName(path));
        var seeds = top.Get(StudyKeys.Seeds);
        if (seeds.Distinct().Count() < seeds.Count)
            Fault(top.SpanOf(StudyKeys.Seeds), "a seed stands here twice");
        var list = top.Get(StudyKeys.Rows);
        if (list is { Items.Count: 0 })
            Fault(list.Span, "there are no rows; a study compares one at least");
        var rows = new List<StudyRow>();
        foreach (var item in list?.Items ?? [])
        {
            if (Row(item) is not { } row)
                continue;
            if (row.Slug.Length is 0 or > LongestSlug)
                Fault(item.Span, $"the label '{row.Label}' needs 1 to {LongestSlug} letters or digits: it names the runs");
            else if (rows.Any(other => other.Slug == row.Slug))
                Fault(item.Span, $"there are two rows '{row.Label}'; give them different labels");
            if (row.Against is { } against && rows.All(other => other.Label != against))
                Fault(item.Span, $"against: there is no row '{against}' above this one{Nearest.Hint(against, rows.Select(other => other.Label))}");
            rows.Add(row);
        }
        return new(Path.GetFileNameWithoutExtension(path), top.Get(StudyKeys.Study), rows, seeds, Data(top.Get(StudyKeys.Data)));
    }

    private string? Data(string? data) =>
        data is null ? null : ImageFolder.BuiltIn.Contains(data) ? data : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, data));

    private StudyRow? Row(Node node)
    {
        if (node is not MapNode map)
        {
            Fault(node.Span, $"a row is a mapping such as '{{ label: wide, spec: Zf8 }}'; this is {node.Description}");
            return null;
        }
        var owner = map.Find(StudyKeys.Label.Name)?.Value is ScalarNode name ? $"row '{name.Text}'" : "a row";
        var ofRecipe = map.Entries.Where(entry => StudyKeys.Recipe.Any(key => key.Name == entry.Key.Text)).ToList();
        var values = Values.Read(owner, map.Span, map.Entries.Except(ofRecipe), StudyKeys.Row, report);
        var (label, spec) = (values.Get(StudyKeys.Label), values.Get(StudyKeys.Spec));
        var network = spec is null ? null : Network(spec, values.SpanOf(StudyKeys.Spec));
        var overrides = new Dictionary<string, string>();
        foreach (var entry in ofRecipe)
        {
            var key = StudyKeys.Recipe.First(key => key.Name == entry.Key.Text);
            // What may be typed for a run may be written here too; a list or a mapping as a spec has it.
            var text = Typed(entry.Value);
            var fault = text is { Length: > 0 } ? RowOverrides.Fault(key, text, network?.Info) : $"allowed is {key.Allowed}";
            if (fault is not null)
                Fault(entry.Value.Span, $"{owner}: '{key.Name}' is {entry.Value.Description}; {fault}");
            else
                overrides[key.Name] = text!;
        }
        var paper = values.Get(StudyKeys.Paper) is { } published ? Errors(Values.Read($"{owner}: 'paper'", published.Span, published.Entries, StudyKeys.Errors, report)) : null;
        return label is null || network is null ? null : new(label, network, overrides, paper, values.Get(StudyKeys.Against));
    }

    private static PublishedErrors Errors(Values values)
    {
        return new(Of(StudyKeys.Train), Of(StudyKeys.Val), Of(StudyKeys.Top5));

        double? Of(Key<double> key) => values.IsWritten(key) ? values.Get(key) : null;
    }

    /// <summary>A value as it is typed on a command line; null for what cannot be.</summary>
    private static string? Typed(Node node) => node switch
    {
        ScalarNode scalar => scalar.Text,
        ListNode { Items.Count: 0 } or MapNode { Entries.Count: 0 } => "none",
        ListNode list when list.Items.All(item => item is ScalarNode) => string.Join('+', list.Items.Cast<ScalarNode>().Select(item => item.Text)),
        MapNode map when map.Entries.All(entry => entry.Value is ScalarNode) => string.Join('+', map.Entries.Select(entry => $"{entry.Key.Text}:{((ScalarNode)entry.Value).Text}")),
        _ => null,
    };

    private NetworkEntry? Network(string name, SourceSpan span)
    {
        if (networks.All.FirstOrDefault(entry => entry.Info.Name == name) is { } found)
            return found;
        Fault(span, $"no network '{name}' is declared{Nearest.Hint(name, networks.All.Select(entry => entry.Info.Name))}{(isCompiled ? "" : "; variants that a study holds itself are compiled where it lies in specs/studies")}");
        return null;
    }

    private void Fault(SourceSpan span, string finding) => report.Add(Codes.WrongValue, span, finding);
}
