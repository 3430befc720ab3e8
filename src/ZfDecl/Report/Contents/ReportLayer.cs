using ZfDecl.Analyses.Visualize;

namespace ZfDecl.Report.Contents;

/// <summary>A layer of which there are pictures.</summary>
/// <param name="Index">What its sprites show.</param>
/// <param name="Folder">The folder of the sprites.</param>
/// <param name="Version">The file of the index, as it was read.</param>
internal sealed record ReportLayer(SpriteIndex Index, string Folder, FileVersion Version)
{
    /// <summary>The number of maps that no image excites.</summary>
    public int Dead => Index.Maps.Count(map => map.Units.Count == 0);

    /// <summary>The picture of its filters; null where it does not look at pixels.</summary>
    public string? Filters => Path.Combine(Path.GetDirectoryName(Folder)!, LayerPictures.FiltersFile) is var path && File.Exists(path) ? path : null;
}
