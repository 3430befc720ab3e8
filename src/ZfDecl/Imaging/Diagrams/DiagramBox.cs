using ZfDecl.Networks;

namespace ZfDecl.Imaging.Diagrams;

/// <summary>A box of a drawn network: a layer, with those behind it that only normalise, rectify or pass on what it yields.</summary>
/// <param name="Layers">The layers, in order; none for the image.</param>
/// <param name="Inputs">The boxes that go in.</param>
internal sealed record DiagramBox(IReadOnlyList<LayerInfo> Layers, IReadOnlyList<int> Inputs)
{
    /// <summary>The boxes of a network, the image first, each behind those that go into it.</summary>
    public static IReadOnlyList<DiagramBox> Of(IReadOnlyList<LayerInfo> layers)
    {
        var (boxes, boxOf) = (new List<(List<LayerInfo> Layers, int[] Inputs)> { ([], []) }, new int[layers.Count]);
        var readers = layers.SelectMany(layer => layer.Inputs).CountBy(input => input).ToDictionary();
        foreach (var layer in layers)
        {
            if (IsDetail(layer) && layer.Inputs is [var input and not LayerInfo.Image] && readers[input] == 1)
            {
                boxOf[layer.Index] = boxOf[input];
                boxes[boxOf[input]].Layers.Add(layer);
                continue;
            }
            boxOf[layer.Index] = boxes.Count;
            boxes.Add(([layer], [.. layer.Inputs.Select(one => one == LayerInfo.Image ? 0 : boxOf[one])]));
        }
        return [.. boxes.Select(box => new DiagramBox(box.Layers, box.Inputs))];
    }

    private static bool IsDetail(LayerInfo layer) =>
        layer.Role is LayerRole.Rectifier or LayerRole.Normalisation or LayerRole.Affine or LayerRole.Dropout or LayerRole.Reshape or LayerRole.Output;
}
