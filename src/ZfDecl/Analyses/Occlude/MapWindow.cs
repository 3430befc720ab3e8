using static TorchSharp.torch;

namespace ZfDecl.Analyses.Occlude;

/// <summary>A window of some feature maps for each of n images: values that take the place of the clean image's.</summary>
/// <param name="Values">[n, maps, at least as many rows, at least as many columns]; whole maps, or units, where there are no rows and columns.</param>
/// <param name="Rows">The rows that each image's window takes in its maps; none where it is the whole maps.</param>
/// <param name="Columns">The columns likewise.</param>
internal readonly record struct MapWindow(Tensor Values, Interval[] Rows, Interval[] Columns)
{
    /// <summary>Whole maps, or units.</summary>
    public static MapWindow Whole(Tensor values) => new(values, [], []);

    /// <summary>Whether it is whole maps, or units.</summary>
    public bool IsWhole => Rows.Length == 0;

    /// <summary>Cuts a part out of the clean maps for each image, with its window laid over.</summary>
    /// <param name="maps">[1, maps, height, width] of the clean image.</param>
    /// <param name="rows">The rows of each image's part, all as many, within <paramref name="maps"/>.</param>
    /// <param name="columns">The columns likewise.</param>
    /// <param name="down">The row of <paramref name="maps"/> where the window's row 0 lies.</param>
    /// <param name="right">The column likewise.</param>
    /// <returns>[n, maps, rows, columns], the maps of one position side by side in memory: convolutions are fastest so. Where these are the window's own, its values.</returns>
    public Tensor PasteOver(Tensor maps, Interval[] rows, Interval[] columns, int down = 0, int right = 0)
    {
        if ((down, right) == (0, 0) && Rows.AsSpan().SequenceEqual(rows) && Columns.AsSpan().SequenceEqual(columns))
            return Values;
        using var scope = NewDisposeScope();
        var parts = empty([rows.Length, rows[0].Length, columns[0].Length, maps.shape[1]], maps.dtype, maps.device).permute(0, 3, 1, 2);
        for (var n = 0; n < rows.Length; n++)
        {
            using var inner = NewDisposeScope();
            var (row, column) = (rows[n], columns[n]);
            var part = parts[n];
            part.copy_(maps[0].narrow(1, row.Start, row.Length).narrow(2, column.Start, column.Length));
            var (windowRow, windowColumn) = (Rows[n] with { Start = Rows[n].Start + down }, Columns[n] with { Start = Columns[n].Start + right });
            var (top, left) = (Math.Max(row.Start, windowRow.Start), Math.Max(column.Start, windowColumn.Start));
            var (height, width) = (Math.Min(row.End, windowRow.End) - top, Math.Min(column.End, windowColumn.End) - left);
            if (height > 0 && width > 0)
            {
                part.narrow(1, top - row.Start, height).narrow(2, left - column.Start, width)
                    .copy_(Values[n].narrow(1, top - windowRow.Start, height).narrow(2, left - windowColumn.Start, width));
            }
        }
        return parts.MoveToOuterDisposeScope();
    }

    /// <summary>Whole maps for each image: the clean image's, with its window laid over.</summary>
    /// <param name="maps">[1, maps, height, width] of the clean image.</param>
    /// <returns>[n, maps, height, width].</returns>
    public Tensor PasteOver(Tensor maps)
    {
        if (IsWhole)
            return Values;
        var (count, height, width) = (Rows.Length, (int)maps.shape[2], (int)maps.shape[3]);
        return PasteOver(maps, [.. Enumerable.Repeat(new Interval(0, height), count)], [.. Enumerable.Repeat(new Interval(0, width), count)]);
    }
}
