using ZfDecl.Analyses.Occlude;
using ZfDecl.Analyses.Visualize;
using ZfDecl.Files;
using ZfDecl.Findings;
using ZfDecl.Messages;
using ZfDecl.Runs;

namespace ZfDecl.Report.Contents;

/// <summary>All that a run has left on disk for its report. What is missing is null or empty; what is damaged counts as missing, and the log hears of it.</summary>
public sealed record ReportRun
{
    private const string VisualizeFolder = "visualize", ReportFolder = "report";

    private ReportRun()
    {
    }

    /// <summary>The name of the network.</summary>
    public required string Spec { get; init; }

    /// <summary>The name of the run.</summary>
    public required string Name { get; init; }

    /// <summary>The folder that holds its pictures and analyses.</summary>
    public required string Folder { get; init; }

    /// <summary>What its <c>run.json</c> says.</summary>
    public RunRecord? Record { get; private init; }

    /// <summary>The architecture.</summary>
    public NetworkRecord? Network { get; init; }

    /// <summary>One row per epoch.</summary>
    public IReadOnlyList<EpochMetrics> Epochs { get; private init; } = [];

    internal IReadOnlyList<ReportLayer> Layers { get; private init; } = [];

    internal IReadOnlyList<ReportAnalysis> Analyses { get; private init; } = [];

    /// <summary>What could not be read, one sentence each.</summary>
    internal IReadOnlyList<string> Damages { get; private init; } = [];

    /// <summary>Reads what there is.</summary>
    /// <param name="spec">The name of the network.</param>
    /// <param name="name">The name of the run.</param>
    /// <param name="folder">The folder of its pictures and analyses.</param>
    /// <param name="trained">The folder with its <c>run.json</c>; the same where null.</param>
    /// <param name="log">Is warned of each file that is damaged.</param>
    public static ReportRun Read(string spec, string name, string folder, string? trained, IRunLog log)
    {
        trained ??= folder;
        var damages = new List<string>();
        var network = Try(() => NetworkRecord.Read(folder) ?? NetworkRecord.Read(trained));
        var order = network?.Layers.ToDictionary(layer => layer.Name, layer => layer.Index, StringComparer.Ordinal) ?? [];
        return new()
        {
            Spec = spec,
            Name = name,
            Folder = folder,
            Record = File.Exists(Path.Combine(trained, RunDirectory.RecordName)) ? Try(() => RunRecord.Read(Path.Combine(trained, RunDirectory.RecordName))) : null,
            Network = network,
            Epochs = Try(() => MetricsFile.Read(trained)) ?? [],
            Layers = [.. Folders(Path.Combine(folder, VisualizeFolder)).Select(ReadLayer).OfType<ReportLayer>().OrderBy(layer => order.GetValueOrDefault(layer.Index.Layer, int.MaxValue))],
            Analyses = [.. AnalysisFolders(folder).Select(path => ReadAnalysis(folder, path)).OfType<ReportAnalysis>()],
            Damages = damages,
        };

        ReportLayer? ReadLayer(string layer)
        {
            var sprites = Path.Combine(layer, SpriteIndex.FolderName);
            return Try(() => OwnIndex(sprites, Path.GetFileName(layer), folder)) is { } index ? new(index, sprites, FileVersion.Of(Path.Combine(sprites, SpriteIndex.FileName))) : null;
        }

        ReportAnalysis? ReadAnalysis(string root, string path)
        {
            var (section, grid) = (Try(() => ReportSection.Read(path)), Try(() => OcclusionGrid.Read(path)));
            if (grid is not null && section is null)
                section = new() { Id = AnalysisKinds.Occlude.Folder, Title = $"{AnalysisKinds.Occlude.Title}: {grid.Image}", Order = AnalysisKinds.Occlude.Order };
            var below = Path.GetRelativePath(root, path).Replace('\\', '/');
            return section is null ? null : new(section, path, below, grid, FileVersion.Of(Path.Combine(path, ReportSection.FileName)))
            {
                Confusion = below == AnalysisKinds.Evaluate.Folder ? Try(() => ReportConfusion.Read(path)) : null,
            };
        }

        T? Try<T>(Func<T?> read) where T : class
        {
            try
            {
                return read();
            }
            catch (ZfDeclException damage)
            {
                log.Warn(damage.Code, damage.Message, damage.File);
                damages.Add($"{damage.Code}: {damage.Message}{(damage.File is { } file ? $" ({Path.GetRelativePath(folder, file).Replace('\\', '/')})" : "")}");
                return null;
            }
        }
    }

    /// <summary>Refuses a run whose pictures or analyses were replaced since they were read: what is shown of them would be of two commands.</summary>
    /// <exception cref="ZfDeclException">ZF1228: some were.</exception>
    internal void MustBeAsRead()
    {
        if (Layers.Select(layer => layer.Version).Concat(Analyses.Select(analysis => analysis.Version)).FirstOrDefault(version => !version.IsThere()) is { } replaced)
            throw replaced.Replaced();
    }

    /// <summary>The index of a layer's sprites. The page keeps the layers apart by their names, so that each has the name of its folder.</summary>
    private static SpriteIndex OwnIndex(string sprites, string layer, string run)
    {
        var index = SpriteIndex.Read(sprites);
        if (index is null)
            throw new ZfDeclException("ZF1412", $"the pictures of layer '{layer}' are incomplete: there is no '{SpriteIndex.FolderName}/{SpriteIndex.FileName}'. Run `visualize` again", Path.GetDirectoryName(sprites));
        if (index.Sheets().Select(sheet => RegularFile.Refusal(Path.Combine(sprites, sheet), RegularFile.LargestPicture, run)).FirstOrDefault(refusal => refusal is not null) is { } refused)
            throw refused;
        return index.Layer == layer ? index
            : throw new ZfDeclException("ZF1490", $"these sprites are of layer '{index.Layer}', and lie in the folder of '{layer}'. Run `visualize` again", Path.Combine(sprites, SpriteIndex.FileName));
    }

    private static IEnumerable<string> AnalysisFolders(string folder) =>
        Folders(folder).Where(path => Path.GetFileName(path) != ReportFolder).SelectMany(path => Folders(path).Prepend(path));

    // 2 comes before 10.
    private static IEnumerable<string> Folders(string folder) => !Directory.Exists(folder)
        ? []
        : Directory.EnumerateDirectories(folder).Where(path => !Temporary.Is(Path.GetFileName(path))).OrderBy(path => Path.GetFileName(path), StringComparer.Create(System.Globalization.CultureInfo.InvariantCulture, System.Globalization.CompareOptions.NumericOrdering));
}
