using System.Globalization;
using System.Text;
using ZfDecl.Analyses.Live;
using ZfDecl.Explore.Problems;
using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Explore.Exploring;

/// <summary>What is looked at: an image as somebody has it, by a network as it was after an epoch.</summary>
/// <param name="Net">0 for the network that was opened, 1 for the one that it is compared with.</param>
/// <param name="Epoch">The epoch; null for its best weights.</param>
/// <param name="Image"><c>data:17</c>, or <c>own:</c> and the name of a picture that was handed over.</param>
/// <param name="View">The part of it that is looked at; null for all.</param>
/// <param name="Edit">What is done to it; null for nothing.</param>
internal sealed record Subject(int Net, int? Epoch, string? Image, SubjectView? View, SubjectEdit? Edit)
{
    private const int MostErased = 4096;
    private const double MostPixels = 1e5;

    /// <summary>The square that covers a part of it; null for none.</summary>
    public SubjectOccluder? Occluder => Edit?.Occluder;

    /// <summary>What is done to it, but for the square.</summary>
    /// <exception cref="ZfDeclException">ZF1810: a number is out of range.</exception>
    public ImageEdit ToEdit()
    {
        var (view, edit) = (View ?? new(), Edit ?? new());
        var erased = edit.Erase ?? [];
        if (edit.Shift is { Length: not 2 } || erased.Length > MostErased || erased.Any(disc => disc is not { Length: 3 }))
            throw RequestErrors.Unreadable($"a shift has two numbers, and what is erased are at most {MostErased:N0} discs of three: column, row and radius");
        return new()
        {
            Zoom = In("zoom", view.Zoom ?? 1, 0.05, 64),
            Right = In("x", view.X ?? 0, -MostPixels, MostPixels),
            Down = In("y", view.Y ?? 0, -MostPixels, MostPixels),
            Scale = In("scale", edit.Scale ?? 1, 0.05, 20),
            Rotation = In("rotate", edit.Rotate ?? 0, -3600, 3600),
            ShiftRight = In("shift", edit.Shift?[0] ?? 0, -MostPixels, MostPixels),
            ShiftDown = In("shift", edit.Shift?[1] ?? 0, -MostPixels, MostPixels),
            Blur = In("blur", edit.Blur ?? 0, 0, ImageEdit.MostBlur),
            Erased = [.. erased.Select(disc => new ErasedDisc(In("erase", disc[0], -MostPixels, MostPixels), In("erase", disc[1], -MostPixels, MostPixels), In("erase", disc[2], 0, MostPixels)))],
        };
    }

    /// <summary>The square, where it covers something.</summary>
    /// <param name="input">The shape of the network's input.</param>
    /// <exception cref="ZfDeclException">ZF1810: a number is out of range.</exception>
    public PixelRegion? OccluderIn(FeatureShape input)
    {
        if (Occluder is not { } square)
            return null;
        _ = In("occluder", square.Size, 1, MostPixels) + In("occluder", square.Y, -MostPixels, MostPixels) + In("occluder", square.X, -MostPixels, MostPixels);
        var inside = new PixelRegion(square.Y, square.X, square.Size, square.Size).ClipTo(input.Height, input.Width);
        return inside.Height == 0 || inside.Width == 0 ? null : inside;
    }

    /// <summary>The same as a text: equal texts mean equal inputs of the network.</summary>
    /// <param name="withOccluder">Whether the square counts.</param>
    public string Key(bool withOccluder)
    {
        var edit = ToEdit();
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"{Net}/{Epoch}/{Image}/{edit.Zoom:R}/{edit.Right:R}/{edit.Down:R}/{edit.Scale:R}/{edit.Rotation:R}/{edit.ShiftRight:R}/{edit.ShiftDown:R}/{edit.Blur:R}"));
        foreach (var disc in edit.Erased)
            text.Append(CultureInfo.InvariantCulture, $"/{disc.X:R},{disc.Y:R},{disc.Radius:R}");
        if (withOccluder && Occluder is { } square)
            text.Append(CultureInfo.InvariantCulture, $"/square {square.Y},{square.X},{square.Size}");
        return text.ToString();
    }

    private static double In(string name, double value, double least, double most) => value >= least && value <= most ? value
        : throw RequestErrors.Unreadable(string.Create(CultureInfo.InvariantCulture, $"'{name}' is {value}; allowed is {least} … {most}"));
}

/// <summary>The part of an image that is looked at.</summary>
/// <param name="Zoom">By how much it is enlarged; null for 1.</param>
/// <param name="X">Where its centre lies, pixels to the right of the image's own; null for 0.</param>
/// <param name="Y">Where it lies, pixels below.</param>
internal sealed record SubjectView(double? Zoom = null, double? X = null, double? Y = null);

/// <summary>What is done to an image; what is null is not done.</summary>
/// <param name="Shift">Pixels to the right and down.</param>
/// <param name="Rotate">Degrees, clockwise.</param>
/// <param name="Scale">A factor.</param>
/// <param name="Blur">The standard deviation of a Gaussian, in pixels.</param>
/// <param name="Erase">Discs that are rubbed out: column, row and radius of each.</param>
/// <param name="Occluder">A square that covers a part of it.</param>
internal sealed record SubjectEdit(double[]? Shift = null, double? Rotate = null, double? Scale = null, double? Blur = null, double[][]? Erase = null, SubjectOccluder? Occluder = null);

/// <summary>A square that covers a part of an image.</summary>
/// <param name="Y">Its first row; it may lie outside.</param>
/// <param name="X">Its first column.</param>
/// <param name="Size">Its side.</param>
internal sealed record SubjectOccluder(int Y, int X, int Size);
