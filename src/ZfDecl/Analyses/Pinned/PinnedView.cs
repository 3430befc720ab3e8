using System.Globalization;
using ZfDecl.Analyses.Project;
using ZfDecl.Analyses.Visualize;
using ZfDecl.Imaging;
using ZfDecl.Networks;
using ZfDecl.Search;

namespace ZfDecl.Analyses.Pinned;

/// <summary>What a pin shows: a projection in an image.</summary>
/// <param name="Pin">The pin.</param>
/// <param name="Image">What the image is called.</param>
/// <param name="Input">The shape of the network's input.</param>
/// <param name="Pixels">[C, H, W] of the input, 0 … 255: the image as the network saw it.</param>
/// <param name="Projection">The projection.</param>
/// <param name="Rules">The rules that the deconvnet followed.</param>
public sealed record PinnedView(Pin Pin, string Image, FeatureShape Input, byte[] Pixels, ImageProjection Projection, DeconvnetOptions Rules)
{
    /// <summary>What was projected, for example <c>conv3, map 17, unit at row 1, column 3</c>.</summary>
    public string Title => Projection.Unit is { } unit
        ? string.Create(CultureInfo.InvariantCulture, $"{Projection.Layer.Name}, map {unit.Map}, unit at row {unit.At.Y}, column {unit.At.X}")
        : $"{Projection.Layer.Name}, all {Projection.Layer.Output.Maps} maps";

    /// <summary>What else is said of it.</summary>
    public string Details => string.Create(CultureInfo.InvariantCulture, $"{Image}, activation {Projection.Value:G4}{(Rules.Described is { } rules ? $", {rules}" : "")}");

    /// <summary>The window of the image that is shown, within the image.</summary>
    public PixelRegion Window => Projection.Unit is { } unit ? new UnitWindow(Projection.Layer.ReceptiveField, Input).At(unit.At.Y, unit.At.X).ClipTo(Input.Height, Input.Width) : new(0, 0, Input.Height, Input.Width);

    /// <summary>The picture of the pin alone, as a PNG.</summary>
    public byte[] ToPng() => ProjectionPicture.ToPng(Title, [Details], Input, Pixels, Projection.Shown(Input), Window);

    /// <summary>[C, h, w] of the <see cref="Window"/>: what the image shows there.</summary>
    internal byte[] Patch => Cut<byte>(Pixels);

    /// <summary>The scale that its projection is shown on.</summary>
    internal ProjectionScale Scale => ProjectionScale.Of([Values], FeatureSheet.ScaleQuantile);

    /// <summary>[C, h, w] of the <see cref="Window"/>: the projection there, in shades of the <see cref="Scale"/>.</summary>
    internal byte[] Shades => Array.ConvertAll(Values, Scale.Shade);

    private float[] Values => Cut<float>(Projection.Shown(Input));

    private T[] Cut<T>(ReadOnlySpan<T> image) => new UnitWindow(new(Window.Height, Window.Width, 1, 1, 0, 0), Input).Cut(image, Window);
}
