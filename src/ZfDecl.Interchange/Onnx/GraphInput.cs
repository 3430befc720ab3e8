using ZfDecl.Interchange.Declared;
using ZfDecl.Interchange.Onnx.Proto;
using ZfDecl.Interchange.Views;
using ZfDecl.Messages;

namespace ZfDecl.Interchange.Onnx;

/// <summary>The image that a graph takes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its channels, height and width.</param>
/// <param name="View">How the graph holds it.</param>
/// <param name="IsOpen">Whether the model leaves its height or width open.</param>
internal sealed record GraphInput(string Name, DraftShape Shape, TensorView View, bool IsOpen)
{
    /// <summary>What stands for a number of images that is left open: a prime that no layer has.</summary>
    private const long OpenBatch = 8191;

    private const int MostSide = 65536;

    /// <summary>The one input that is no constant.</summary>
    /// <exception cref="ZfDeclException">ZF1603: there is none, there are several, or it is no image.</exception>
    public static GraphInput Of(string path, GraphProto graph, IReadOnlySet<string> needed, int side)
    {
        var constants = graph.Initializer.Select(tensor => tensor.Name).ToHashSet();
        ValueInfoProto[] inputs = [.. graph.Input.Where(input => !constants.Contains(input.Name) && needed.Contains(input.Name))];
        if (inputs is not [var image])
            throw new ZfDeclException("ZF1603", $"'{path}' takes {(inputs.Length == 0 ? "no image" : $"{inputs.Length} inputs, {string.Join(", ", inputs.Select(input => $"'{input.Name}'"))}")}, and a network takes one image; export the part of it that does, with its weights as constants", path);
        TensorShapeProto.Types.Dimension[] sizes = [.. image.Type?.TensorType?.Shape?.Dim ?? []];
        if (sizes.Length != 4)
            throw Refused($"is of {sizes.Length} dimensions");
        long[] known = [.. sizes.Select(size => size.DimValue)];
        var last = known[3] is 1 or 3 && known[1] is not (1 or 3);
        var (channels, height, width) = last ? (known[3], known[1], known[2]) : (known[1], known[2], known[3]);
        if (channels is <= 0 or > MostSide || height > MostSide || width > MostSide)
            throw Refused($"[{string.Join(", ", known)}] has no known number of channels, or is too large");
        var shape = new DraftShape((int)channels, height > 0 ? (int)height : side, width > 0 ? (int)width : side);
        var view = TensorView.Of(null, shape, known[0] > 0 ? known[0] : OpenBatch);
        return new(image.Name, shape, last ? view.Transposed([0, 2, 3, 1]) : view, height <= 0 || width <= 0);

        ZfDeclException Refused(string finding) => new("ZF1603", $"the input '{image.Name}' of '{path}' {finding}; a network takes an image [N, C, H, W] or [N, H, W, C]: export the model with a fixed input of that kind", path);
    }
}
