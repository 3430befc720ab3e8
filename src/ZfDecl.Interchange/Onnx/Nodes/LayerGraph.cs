using ZfDecl.Interchange.Declared;
using ZfDecl.Interchange.Onnx.Proto;
using ZfDecl.Interchange.Problems;
using ZfDecl.Interchange.Tensors;
using ZfDecl.Interchange.Views;

namespace ZfDecl.Interchange.Onnx.Nodes;

/// <summary>The layers that the nodes of a graph become, one after the other.</summary>
/// <param name="readTensor">Reads a tensor of the file.</param>
internal sealed class LayerGraph(Func<TensorProto, (TensorSource Values, bool IsInteger)> readTensor)
{
    private readonly HashSet<string> read = [];
    private readonly List<DraftLayer> declared = [];
    private readonly List<string> remarks = [];

    /// <summary>The layers so far; some may be read by nobody.</summary>
    public IReadOnlyList<DraftLayer> Declared => declared;

    /// <summary>What cannot be declared.</summary>
    public ImportProblems Problems { get; } = new();

    /// <summary>What the network does otherwise than the model.</summary>
    public IReadOnlyList<string> Remarks => remarks;

    /// <summary>What is done to the pixels, once a layer has taken them; null before.</summary>
    public Preparation? Preparation { get; private set; }

    /// <summary>Notes values that somebody reads.</summary>
    public void Read(IEnumerable<string> names) => read.UnionWith(names);

    /// <summary>Notes what the network does otherwise than the model.</summary>
    public void Remark(string remark) => remarks.Add(remark);

    /// <summary>Whether somebody reads a value.</summary>
    public bool IsRead(string output) => output.Length > 0 && read.Contains(output);

    /// <summary>Declares a layer.</summary>
    public DraftLayer Add(string kind, string? name, IEnumerable<DraftLayer?> from, DraftShape shape, params (string Key, object Value)[] keys)
    {
        var layer = new DraftLayer(kind, name, from, shape);
        foreach (var (key, value) in keys)
            layer.Keys[key] = value;
        declared.Add(layer);
        return layer;
    }

    /// <summary>What a layer yields; the image as the network takes it, which is the same wherever it is taken.</summary>
    public TensorView ViewOf(Operand operand)
    {
        if (operand is Operand.Activation activation)
            return activation.View;
        if (operand is not Operand.Image image)
            throw new NotDeclarableException("it is given constants alone", "export the model with its constants folded");
        if (Preparation is not null && !Preparation.Equals(image.Preparation))
            throw new NotDeclarableException("two layers take the image, each prepared in a way of its own", "a spec prepares it once: export one of the two ways alone");
        Preparation = image.Preparation;
        return image.View;
    }

    /// <summary>A view as feature maps, [N, C, H, W]; where the maps are in another order, behind a layer that shuffles them.</summary>
    public TensorView Maps(TensorView view)
    {
        if (view.Dimensions.Count != 4)
            throw new NotDeclarableException($"it takes {view}, and not images of two dimensions", "a spec's layers take [N, C, H, W]");
        if (view.Shape.Flat)
            throw new NotDeclarableException("it takes units as maps", "a spec has no convolution or pooling behind a dense layer: export that dense layer as a convolution");
        if (!Runs(0, Axis.Batch) || !Runs(1, Axis.Map) || !Runs(2, Axis.Row, view.Shape.Height) || !Runs(3, Axis.Column, view.Shape.Width))
            throw new NotDeclarableException($"it takes {view}, whose dimensions are not [N, C, H, W] of what goes in", "a spec's layers take them in this order");
        if (view.IsMaps(1))
            return view;
        if (view.Dimensions[1] is not [{ Stride: 1 } inner, { Size: var groups } outer] || outer.Stride != inner.Size)
            throw new NotDeclarableException("it takes maps in an order that is no shuffle of groups", "a spec knows channel-shuffle alone");
        var shuffled = Add("channel-shuffle", null, [view.Source], view.Shape, ("groups", groups));
        return TensorView.Of(shuffled, view.Shape, view.Sizes[0]);

        bool Runs(int dimension, Axis axis, int? whole = null) => view.Dimensions[dimension].All(part => part.Axis == axis) && (whole is null || view.Sizes[dimension] == whole);
    }

    /// <summary>A tensor of the file; what stands for nothing where it cannot be read, which is noted.</summary>
    public Operand Constant(TensorProto tensor)
    {
        try
        {
            var (values, isInteger) = readTensor(tensor);
            return new Operand.Constant(values, isInteger);
        }
        catch (NotDeclarableException problem)
        {
            Problems.Add("initializer", tensor.Name, problem);
            return new Operand.Unknown();
        }
    }
}
