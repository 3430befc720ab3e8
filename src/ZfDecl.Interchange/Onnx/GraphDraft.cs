using ZfDecl.Interchange.Declared;
using ZfDecl.Interchange.Onnx.Nodes;

namespace ZfDecl.Interchange.Onnx;

/// <summary>A graph as layers, before what belongs together is one layer.</summary>
internal sealed record GraphDraft
{
    /// <summary>What goes in.</summary>
    public required GraphInput Image { get; init; }

    /// <summary>The layers in order; some may be read by nobody.</summary>
    public required IReadOnlyList<DraftLayer> Layers { get; init; }

    /// <summary>What the graph yields.</summary>
    public required Operand End { get; init; }

    /// <summary>What is done to the pixels.</summary>
    public required Preparation Preparation { get; init; }

    /// <summary>The version of the operators.</summary>
    public required long Opset { get; init; }

    /// <summary>The outputs that are left out: a spec has one.</summary>
    public required IReadOnlyList<string> FurtherOutputs { get; init; }

    /// <summary>What the network does otherwise than the model.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }
}
