using System.Runtime.InteropServices;
using ZfDecl.Data;
using ZfDecl.Deconvolution;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Analysis;

/// <summary>Projects the strongest unit of a map in one image after the other.</summary>
/// <param name="net">The network, in evaluation mode; neither owned nor changed.</param>
/// <param name="preprocessor">Makes its inputs of images.</param>
public sealed class UnitProjection(ConvNet net, Preprocessor preprocessor)
{
    /// <summary>Projects a map's strongest unit in an image of a set.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="map">The map.</param>
    /// <param name="images">The set.</param>
    /// <param name="image">The image's index.</param>
    /// <param name="rank">What the result's rank is to say.</param>
    public VisualizedUnit Of(LayerInfo layer, int map, ImageSet images, int image, int rank = 0)
    {
        var stored = new byte[images.Shape.Count];
        images.Read(image, stored);
        return Of(layer, map, stored, images.NameOf(image), images.Classes[images.Label(image)]) with { Rank = rank };
    }

    /// <summary>Projects a map's strongest unit in an image.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="map">The map.</param>
    /// <param name="stored">[C, h, w] as stored, 0 … 255.</param>
    /// <param name="name">The name of the image.</param>
    /// <param name="class">The name of its class.</param>
    public VisualizedUnit Of(LayerInfo layer, int map, byte[] stored, string name, string @class)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var input = net.Info.Input;
        var (pixels, crop) = (new float[input.Count], new byte[input.Count]);
        preprocessor.Evaluation(stored, pixels);
        preprocessor.CentreCrop(stored, crop);
        using var seen = net.Record(tensor(pixels, [1, input.Maps, input.Height, input.Width], device: net.parameters().FirstOrDefault()?.device ?? CPU));
        using var deconvnet = net.CreateDeconvnet();
        var units = seen.FeatureMaps(layer.Index)[0].select(0, map).flatten();
        var place = (int)units.argmax().item<long>();
        var at = new UnitPosition(place / layer.Output.Width, place % layer.Output.Width);
        var projection = MemoryMarshal.Cast<byte, float>(deconvnet.Project(seen, layer.Index, map, at).cpu().contiguous().bytes);
        var window = new UnitWindow(layer.ReceptiveField, input);
        var region = window.At(at.Y, at.X);
        return new()
        {
            Rank = 0,
            Unit = new(units[place].item<float>(), -1, at.Y, at.X),
            ImageName = name,
            Class = @class,
            Region = region,
            Projection = window.Cut<float>(projection, region),
            Patch = window.Cut<byte>(crop, region),
        };
    }
}
