using System.Text.Json.Serialization;
using ZfDecl.Files;
using ZfDecl.Messages;

namespace ZfDecl.Analyses.Occlude;

/// <summary>
/// What a network makes of one image while a grey square covers it, position by position (Zeiler &amp; Fergus 2014, §4.2): <c>occlude/&lt;n&gt;/occlusion.json</c>
/// of a run, beside <c>image.png</c>. The report's explorer is made of these two files.
/// </summary>
/// <remarks>
/// Grids are row by row: entry <c>r · Columns + c</c> is the occluder at (r, c). Its square begins at row <c>r · Stride</c> and column <c>c · Stride</c> of the
/// image, plus <see cref="Top"/> and <see cref="Left"/>, and is cut off at the image's border.
/// </remarks>
public sealed record OcclusionGrid : IRecord
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "occlusion.json";

    /// <summary>The name of the picture beside it: the image as the network saw it, <see cref="Height"/> × <see cref="Width"/>.</summary>
    public const string ImageFile = "image.png";

    /// <summary>The name of the image.</summary>
    public required string Image { get; init; }

    /// <summary>Its true class; empty where the network has none.</summary>
    public required string Class { get; init; }

    /// <summary>The names of the classes, in the order of the network's outputs.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Whether the network tells classes apart; else nothing is known of probabilities.</summary>
    [JsonIgnore]
    public bool HasClasses => Classes.Count > 0;

    /// <summary>The side of the square, in pixels.</summary>
    public required int Size { get; init; }

    /// <summary>Pixels between neighbouring positions.</summary>
    public required int Stride { get; init; }

    /// <summary>The first row of the square at position (0, 0); below 0 where the square begins outside of the image.</summary>
    public int Top { get; init; }

    /// <summary>The first column of the square at position (0, 0).</summary>
    public int Left { get; init; }

    /// <summary>Rows of positions.</summary>
    public required int Rows { get; init; }

    /// <summary>Columns of positions.</summary>
    public required int Columns { get; init; }

    /// <summary>Rows of the image.</summary>
    public required int Height { get; init; }

    /// <summary>Columns of the image.</summary>
    public required int Width { get; init; }

    /// <summary>The layer whose map is watched.</summary>
    public required string Layer { get; init; }

    /// <summary>The map that is watched: the layer's strongest without an occluder.</summary>
    public required int Map { get; init; }

    /// <summary>[Rows · Columns]: the summed activity of that map.</summary>
    public required IReadOnlyList<float> Activity { get; init; }

    /// <summary>[Rows · Columns]: the probability of the true class, 0 … 1.</summary>
    public required IReadOnlyList<float> Probability { get; init; }

    /// <summary>[Rows · Columns]: the most probable class, an index of <see cref="Classes"/>.</summary>
    public required IReadOnlyList<int> Predicted { get; init; }

    /// <summary>The same without an occluder.</summary>
    public required OcclusionBaseline Baseline { get; init; }

    /// <summary>Writes the grid into the folder of its image.</summary>
    /// <exception cref="ArgumentException">It contradicts itself.</exception>
    /// <exception cref="ZfDeclException">ZF1204: the file cannot be written.</exception>
    public void Write(string folder)
    {
        if (Problems().FirstOrDefault() is { } problem)
            throw new ArgumentException(problem);
        RecordJson.Write(Path.Combine(folder, FileName), this);
    }

    /// <summary>Reads the grid of an image.</summary>
    /// <param name="folder">The folder of the image.</param>
    /// <returns>The grid; null where the folder has none.</returns>
    /// <exception cref="ZfDeclException">ZF1411: the file is damaged, or contradicts itself; ZF1221: a newer version made it; ZF1202, ZF1220, ZF1222: it cannot be read.</exception>
    public static OcclusionGrid? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        return File.Exists(path) ? RecordJson.Read<OcclusionGrid>(path) : null;
    }

    static RecordKind IRecord.Kind { get; } = new("ZF1411", "this is no grid of occlusions", "Run `occlude` again, or delete the file");

    IEnumerable<string> IRecord.Problems() => Problems();

    private IEnumerable<string> Problems()
    {
        var (positions, ofClasses) = ((long)Rows * Columns, HasClasses ? (long)Rows * Columns : 0);
        if (Size < 1 || Stride < 1 || Rows < 1 || Columns < 1 || Height < 1 || Width < 1)
            yield return $"size {Size}, stride {Stride}, {Rows}×{Columns} positions, {Height}×{Width} pixels: each must be at least 1";
        if (Activity.Count != positions || Probability.Count != ofClasses || Predicted.Count != ofClasses)
            yield return $"{Rows}×{Columns} positions need {positions} values each{(HasClasses ? "" : ", and none of classes")}; there are {Activity.Count} activities, {Probability.Count} probabilities, {Predicted.Count} classes";
        if (!Activity.Append(Baseline.Activity).All(float.IsFinite))
            yield return "an activity is infinite or NaN";
        if (!Probability.Append(Baseline.Probability).All(probability => probability is >= 0 and <= 1))
            yield return "a probability is not between 0 and 1";
        if (HasClasses && !Predicted.Append(Baseline.Predicted).All(index => index >= 0 && index < Classes.Count))
            yield return $"a predicted class is none of the {Classes.Count}";
    }
}
