using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Kinds;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Primitives;

namespace ZfDecl.Generators.Resolving;

/// <summary>Who reads whom, by name, before any shape is known: only earlier layers can be read, so that the order of lines is topological.</summary>
internal sealed class LayerWiring
{
    private readonly IReadOnlyList<LayerSpec> written;
    private readonly DiagnosticBag report;
    private readonly Dictionary<string, int> indices = [];
    private readonly List<IReadOnlyList<string?>> sources = [];     // null for a name that stands for nothing
    private readonly Dictionary<string, int> readers = [];
    private readonly bool isWhole = true;

    /// <param name="written">The layers.</param>
    /// <param name="settings">Their settings.</param>
    /// <param name="report">Takes what is wrong with the names.</param>
    public LayerWiring(IReadOnlyList<LayerSpec> written, IReadOnlyList<SettingValues> settings, DiagnosticBag report)
    {
        (this.written, Settings, this.report) = (written, settings, report);
        for (var i = 0; i < written.Count; i++)
        {
            sources.Add(Read(i));
            isWhole &= !sources[i].Contains(null);
            if (!indices.ContainsKey(written[i].Name.Text))
                indices.Add(written[i].Name.Text, i);
            foreach (var name in sources[i].OfType<string>())
                readers[name] = readers.TryGetValue(name, out var count) ? count + 1 : 1;
        }
    }

    /// <summary>The settings of each layer.</summary>
    public IReadOnlyList<SettingValues> Settings { get; }

    /// <summary>The names of what goes into a layer, <see cref="LayerKeys.Image"/> for the image; null for what is not known.</summary>
    public IReadOnlyList<string?> SourcesOf(int layer) => sources[layer];

    /// <summary>The only layer that goes into another; −1 where there are more or none.</summary>
    public int OnlySourceOf(int layer) => sources[layer] is [{ } name] && indices.TryGetValue(name, out var index) ? index : -1;

    public bool HasOneReader(string name) => readers.TryGetValue(name, out var count) && count == 1;

    /// <summary>Reports every layer but the last whose output goes nowhere.</summary>
    public void CheckReaders()
    {
        // A name that stands for nothing was meant for one of them.
        foreach (var layer in written.Take(written.Count - 1).Where(layer => isWhole && layer.Kind is not Unreadable && !readers.ContainsKey(layer.Name.Text)))
            report.Add(Codes.Unread, layer.Name.Span, $"{layer.Owner}: nobody reads what it yields, as the next layer reads another; name it in a 'from', or leave it out");
    }

    private IReadOnlyList<string?> Read(int i)
    {
        var (key, settings) = (written[i].Kind.From, Settings[i]);
        if (written[i].Kind is Unreadable || (settings.HasErrors && settings.Get(key) is null && (key.Required || settings.IsWritten(key))))
            return [null];
        if (settings.Get(key) is not { } names)
            return [i == 0 ? LayerKeys.Image : written[i - 1].Name.Text];
        return [.. names.Select(name => Check(name, i))];
    }

    private string? Check(string name, int i)
    {
        if (name == LayerKeys.Image || indices.ContainsKey(name))
            return name;
        var (place, owner, earlier) = (Settings[i].SpanOf(written[i].Kind.From), written[i].Owner, written.Take(i).Where(layer => layer.Kind is not Unreadable).Select(layer => layer.Name.Text).Append(LayerKeys.Image).ToList());
        if (written.Skip(i).FirstOrDefault(layer => layer.Name.Text == name) is not { } later)
            report.Add(Codes.UnknownLayer, place, $"{owner}: there is no layer '{name}'{Nearest.Hint(name, earlier)}");
        else
            report.Add(Codes.ForwardReference, place, $"{owner}: {(later == written[i] ? "it reads itself" : $"'{name}' comes later, in line {later.Name.Span.Line + 1}")}; a layer reads earlier ones{Nearest.Hint(name, earlier)}");
        return null;
    }
}
