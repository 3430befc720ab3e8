using ZfDecl.Interchange.Declared;
using ZfDecl.Interchange.Problems;

namespace ZfDecl.Interchange.Views;

/// <summary>
/// What a layer yields, in the shape and the order in which a tensor holds it: transposing and reshaping change the view and nothing else, so that a spec, whose maps are always
/// [N, C, H, W], need not know of them. Each dimension is a product of parts, the outermost first; a dimension of 1 has none.
/// </summary>
internal sealed class TensorView
{
    private TensorView(DraftLayer? source, DraftShape shape, IEnumerable<IEnumerable<Atom>> dimensions) =>
        (Source, Shape, Dimensions) = (source, shape, [.. dimensions.Select(Merged)]);

    /// <summary>The layer; null for the image.</summary>
    public DraftLayer? Source { get; }

    /// <summary>What it yields.</summary>
    public DraftShape Shape { get; }

    public IReadOnlyList<IReadOnlyList<Atom>> Dimensions { get; }

    /// <summary>The sizes of the dimensions.</summary>
    public long[] Sizes => [.. Dimensions.Select(SizeOf)];

    /// <summary>What a layer yields as it yields it: [N, C, H, W], or [N, units].</summary>
    public static TensorView Of(DraftLayer? source, DraftShape shape, long batch)
    {
        IEnumerable<Atom>[] dimensions = [Whole(Axis.Batch, batch), Whole(Axis.Map, shape.Maps), Whole(Axis.Row, shape.Height), Whole(Axis.Column, shape.Width)];
        return new(source, shape, shape.Flat ? dimensions[..2] : dimensions);
    }

    /// <summary>The same order of what another layer yields, whose shape is the same.</summary>
    public TensorView From(DraftLayer? source) => new(source, source?.Output ?? Shape, Dimensions);

    /// <summary>The same but for the number of maps, in a dimension that runs through all of them.</summary>
    public TensorView WithMaps(DraftLayer source, int dimension) =>
        new(source, source.Output, Dimensions.Select((parts, i) => i == dimension ? Whole(Axis.Map, source.Output.Maps) : parts));

    /// <summary>The same order of a layer whose maps have other heights and widths.</summary>
    public TensorView Enlarged(DraftLayer source) => new(source, source.Output, Dimensions.Select((_, dimension) => AxisOf(dimension) switch
    {
        Axis.Row => Whole(Axis.Row, source.Output.Height),
        Axis.Column => Whole(Axis.Column, source.Output.Width),
        _ => Dimensions[dimension],
    }));

    /// <summary>The same order of a layer that has one value where this runs through some dimensions.</summary>
    public TensorView Shrunk(DraftLayer source, IReadOnlySet<int> dimensions) => new(source, source.Output, Dimensions.Select((parts, dimension) => dimensions.Contains(dimension) ? [] : parts));

    /// <summary>The same order of a row of units: maps, rows and columns behind each other.</summary>
    public TensorView FlattenedTo(DraftLayer source) => new(source, source.Output, Dimensions.Select(parts => parts.Select(part => part.Axis switch
    {
        Axis.Map => part with { Stride = part.Stride * Shape.Height * Shape.Width },
        Axis.Row => new(Axis.Map, part.Size, part.Stride * Shape.Width),
        Axis.Column => new(Axis.Map, part.Size, part.Stride),
        _ => part,
    })));

    public TensorView Transposed(IReadOnlyList<int> order) => new(Source, Shape, order.Select(dimension => Dimensions[dimension]));

    /// <summary>Without some dimensions, which are 1.</summary>
    public TensorView Squeezed(IReadOnlySet<int> without) => without.All(dimension => Dimensions[dimension].Count == 0)
        ? new(Source, Shape, Dimensions.Where((_, dimension) => !without.Contains(dimension)))
        : throw new NotDeclarableException("a dimension that is not 1 is squeezed", "check the model");

    /// <summary>With further dimensions of 1, which come to stand at those places.</summary>
    public TensorView Unsqueezed(IReadOnlySet<int> at)
    {
        var kept = new Queue<IReadOnlyList<Atom>>(Dimensions);
        return new(Source, Shape, Enumerable.Range(0, Dimensions.Count + at.Count).Select(dimension => at.Contains(dimension) ? [] : kept.Dequeue()));
    }

    /// <summary>In another shape of as many values.</summary>
    /// <exception cref="NotDeclarableException">A dimension would take a part of another one that does not divide it.</exception>
    public TensorView Reshaped(IReadOnlyList<long> sizes)
    {
        var left = new Queue<Atom>(Dimensions.SelectMany(parts => parts));
        var (current, dimensions) = (default(Atom), new List<List<Atom>>());
        foreach (var size in sizes)
        {
            var (parts, missing) = (new List<Atom>(), size);
            while (missing > 1)
            {
                if (current.Size <= 1 && !left.TryDequeue(out current))
                    throw Refused(sizes);
                if (missing % current.Size == 0)
                {
                    parts.Add(current);
                    missing /= current.Size;
                    current = default;
                }
                else if (current.Size % missing == 0)
                {
                    var inner = current.Size / missing;
                    parts.Add(current with { Size = missing, Stride = current.Stride * inner });
                    current = current with { Size = inner };
                    missing = 1;
                }
                else
                {
                    throw Refused(sizes);
                }
            }
            dimensions.Add(parts);
        }
        return left.Count == 0 && current.Size <= 1 ? new(Source, Shape, dimensions) : throw Refused(sizes);
    }

    /// <summary>Whether two tensors hold the same positions in the same places, whatever layers they are of.</summary>
    /// <param name="other">The other one.</param>
    /// <param name="but">A dimension in which they may differ.</param>
    public bool LiesAs(TensorView other, int but = -1) =>
        Dimensions.Count == other.Dimensions.Count && Dimensions.Zip(other.Dimensions).Index().All(pair => pair.Index == but || pair.Item.First.SequenceEqual(pair.Item.Second));

    /// <summary>Whether it has one value for each map of another one, in the same places.</summary>
    public bool IsGateOf(TensorView other) => Shape is { Height: 1, Width: 1 } && Dimensions.Count == other.Dimensions.Count
        && Dimensions.Index().All(dimension => dimension.Item.SequenceEqual(other.Dimensions[dimension.Index].Where(part => part.Axis is Axis.Batch or Axis.Map)));

    /// <summary>Whether a dimension runs through nothing but an axis; one of 1 may stand for any.</summary>
    public bool LiesAlong(int dimension, Axis axis) => Dimensions[dimension].All(part => part.Axis == axis);

    /// <summary>The axis that a dimension runs through; of one of 1, by its position. Null where it runs through several.</summary>
    public Axis? AxisOf(int dimension)
    {
        if (Dimensions[dimension] is [var first, ..])
            return LiesAlong(dimension, first.Axis) ? first.Axis : null;
        if (Dimensions.Count != 4)
            return null;
        var isMapsLast = !LiesAlong(1, Axis.Map) || !LiesAlong(3, Axis.Column);
        return (isMapsLast ? new[] { Axis.Batch, Axis.Row, Axis.Column, Axis.Map } : [Axis.Batch, Axis.Map, Axis.Row, Axis.Column])[dimension];
    }

    /// <summary>Whether a dimension runs through all maps in order, and nothing else.</summary>
    public bool IsMaps(int dimension) => Shape.Maps == 1 ? Dimensions[dimension].Count == 0 : Dimensions[dimension] is [{ Axis: Axis.Map, Stride: 1 } maps] && maps.Size == Shape.Maps;

    /// <summary>The only dimension that runs through maps; −1 where there are several, or none.</summary>
    public int MapDimension => Dimensions.Index().Where(dimension => dimension.Item.Any(part => part.Axis == Axis.Map)).Select(dimension => dimension.Index).ToList() is [var only] ? only : -1;

    /// <summary>The map that each place of a dimension stands for, where it runs through maps alone; null where it does not.</summary>
    public int[]? MapsOf(int dimension)
    {
        var parts = Dimensions[dimension];
        if (parts.Any(part => part.Axis != Axis.Map) || SizeOf(parts) != Shape.Maps)
            return null;
        return [.. Enumerable.Range(0, Shape.Maps).Select(place =>
        {
            var (map, left) = (0L, (long)place);
            foreach (var part in parts.Reverse())
            {
                map += left % part.Size * part.Stride;
                left /= part.Size;
            }
            return (int)map;
        })];
    }

    public override string ToString() => $"[{string.Join(", ", Sizes)}]";

    private static long SizeOf(IEnumerable<Atom> parts) => parts.Aggregate(1L, (size, part) => size * part.Size);

    private static IEnumerable<Atom> Whole(Axis axis, long size) => size > 1 ? [new(axis, size, 1)] : [];

    private NotDeclarableException Refused(IReadOnlyList<long> sizes) =>
        new($"[{string.Join(", ", Sizes)}] is reshaped to [{string.Join(", ", sizes)}], which mixes what a layer keeps apart", "a spec knows feature maps and rows of units alone");

    /// <summary>Parts that follow each other without a gap are one.</summary>
    private static IReadOnlyList<Atom> Merged(IEnumerable<Atom> parts)
    {
        var merged = new List<Atom>();
        foreach (var part in parts.Where(part => part.Size > 1))
        {
            if (merged.Count > 0 && merged[^1] is var outer && outer.Axis == part.Axis && outer.Stride == part.Stride * part.Size)
                merged[^1] = new(part.Axis, outer.Size * part.Size, part.Stride);
            else
                merged.Add(part);
        }
        return merged;
    }
}
