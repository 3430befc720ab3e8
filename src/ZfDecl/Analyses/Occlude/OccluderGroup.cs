using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Analyses.Occlude;

/// <summary>Occluders that are computed together: in each layer their windows are widened to one size.</summary>
internal sealed class OccluderGroup
{
    private readonly Member[] members;

    private OccluderGroup(Member[] members) => this.members = members;

    /// <summary>The number of occluders.</summary>
    public int Count => members.Length;

    /// <summary>The positions of the occluders in the list that they were taken from.</summary>
    public IReadOnlyList<int> Indices => [.. members.Select(member => member.Index)];

    /// <summary>The occluders themselves: the image with a value in each rectangle, and the image's own elsewhere.</summary>
    /// <param name="value">The value.</param>
    /// <param name="channels">Channels of the image.</param>
    /// <param name="device">The network's device.</param>
    public MapWindow Cover(float value, int channels, Device device)
    {
        Interval[] rows = [.. members.Select(member => member.Rows.Input)], columns = [.. members.Select(member => member.Columns.Input)];
        using var one = full([1, 1, 1, 1], value, device: device);
        return new(one.expand(Count, channels, rows.Max(row => row.Length), columns.Max(column => column.Length)), rows, columns);
    }

    /// <summary>The rows and columns that the occluders reach in a layer's output, all widened to the longest.</summary>
    public (Interval[] Rows, Interval[] Columns) At(int layer, FeatureShape output) =>
        (Widened(member => member.Rows.Layers[layer], output.Height), Widened(member => member.Columns.Layers[layer], output.Width));

    /// <summary>Sorts occluders into groups.</summary>
    /// <param name="rectangles">The occluders, within the image.</param>
    /// <param name="geometry">How far they reach.</param>
    /// <param name="bands">Into how many bands the heights, and the widths, of their windows are sorted.</param>
    /// <param name="most">The most members of a group.</param>
    public static IEnumerable<OccluderGroup> Of(IReadOnlyList<PixelRegion> rectangles, OcclusionGeometry geometry, int bands, int most)
    {
        var rows = Paths(rectangles.Select(rectangle => new Interval(rectangle.Top, rectangle.Height)), geometry, vertical: true, bands);
        var columns = Paths(rectangles.Select(rectangle => new Interval(rectangle.Left, rectangle.Width)), geometry, vertical: false, bands);
        return rectangles
            .Select((rectangle, index) => new Member(index, rows[new(rectangle.Top, rectangle.Height)], columns[new(rectangle.Left, rectangle.Width)]))
            .GroupBy(member => (member.Rows.Band, member.Columns.Band))
            .SelectMany(group => group.Chunk(most))
            .Select(chunk => new OccluderGroup(chunk));
    }

    private static Dictionary<Interval, Path> Paths(IEnumerable<Interval> extents, OcclusionGeometry geometry, bool vertical, int bands)
    {
        var paths = extents.Distinct().Select(extent => new Path(extent, geometry.Reached(extent, vertical), 0)).OrderBy(path => path.Layers.Sum(reached => reached.Length)).ToArray();
        return paths.Select((path, i) => path with { Band = i * bands / paths.Length }).ToDictionary(path => path.Input);
    }

    private Interval[] Widened(Func<Member, Interval> reached, int extent)
    {
        var length = members.Max(member => reached(member).Length);
        return [.. members.Select(member => reached(member).Widened(length, extent))];
    }

    /// <summary>What an occluder reaches along one axis.</summary>
    private sealed record Path(Interval Input, Interval[] Layers, int Band);

    private sealed record Member(int Index, Path Rows, Path Columns);
}
