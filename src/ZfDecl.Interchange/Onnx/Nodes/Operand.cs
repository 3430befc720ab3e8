using ZfDecl.Interchange.Problems;
using ZfDecl.Interchange.Tensors;
using ZfDecl.Interchange.Views;

namespace ZfDecl.Interchange.Onnx.Nodes;

/// <summary>A value that goes from one node of a graph to another.</summary>
internal abstract record Operand
{
    /// <summary>What a node yields that cannot be declared: whatever follows of it is not reported again.</summary>
    public sealed record Unknown : Operand;

    /// <summary>What is known without an image.</summary>
    public sealed record Constant(TensorSource Values, bool IsInteger) : Operand
    {
        /// <summary>The most values that are worked with; weights are passed on instead.</summary>
        private const int MostNumbers = 1 << 24;

        public IReadOnlyList<long> Shape => Values.Shape;

        public double[] Numbers => Values.Count <= MostNumbers ? Values.ToDoubles() : throw new NotDeclarableException($"{Values.Count:N0} constants are computed with", "export the model with its constants folded");

        public static Constant Of(IReadOnlyList<double> values, IReadOnlyList<long> shape, bool isInteger) => new(new ArrayTensor(values, shape), isInteger);
    }

    /// <summary>What a layer yields.</summary>
    public sealed record Activation(TensorView View) : Operand;

    /// <summary>The image, or what has been made of its pixels so far.</summary>
    public sealed record Image(TensorView View, Preparation Preparation) : Operand;
}
