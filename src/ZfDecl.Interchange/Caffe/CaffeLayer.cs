using ZfDecl.Generators.Language;

namespace ZfDecl.Interchange.Caffe;

/// <summary>A layer of a <c>.prototxt</c>, of either generation.</summary>
/// <param name="Node">Its message.</param>
internal sealed record CaffeLayer(PrototxtNode Node)
{
    /// <summary>What the older generation calls the types.</summary>
    private static readonly Dictionary<string, string> OlderTypes = new()
    {
        ["CONVOLUTION"] = "Convolution",
        ["POOLING"] = "Pooling",
        ["RELU"] = "ReLU",
        ["SIGMOID"] = "Sigmoid",
        ["TANH"] = "TanH",
        ["LRN"] = "LRN",
        ["INNER_PRODUCT"] = "InnerProduct",
        ["DROPOUT"] = "Dropout",
        ["SOFTMAX"] = "Softmax",
        ["SOFTMAX_LOSS"] = "SoftmaxWithLoss",
        ["ACCURACY"] = "Accuracy",
        ["CONCAT"] = "Concat",
        ["ELTWISE"] = "Eltwise",
        ["FLATTEN"] = "Flatten",
        ["SPLIT"] = "Split",
        ["DATA"] = "Data",
        ["IMAGE_DATA"] = "ImageData",
        ["MEMORY_DATA"] = "MemoryData",
        ["SILENCE"] = "Silence",
    };

    public string Name => Node.Text("name", "");

    public string Type => Node.Text("type", "") is var type && OlderTypes.TryGetValue(type, out var newer) ? newer : type;

    public string[] Bottom => Node.Texts("bottom");

    public string[] Top => Node.Texts("top");

    /// <summary>Whether it is there when the network is used, and not trained.</summary>
    public bool IsInUse => !(Node.Nodes("include").Any() && Node.Nodes("include").All(rule => rule.Text("phase", "TEST") == "TRAIN")) && !Node.Nodes("exclude").Any(rule => rule.Text("phase", "") == "TEST");

    /// <summary>A vertical and a horizontal number: <c>kernel_size: 3</c>, or <c>kernel_h: 3 kernel_w: 5</c>.</summary>
    /// <exception cref="InvalidDataException">It is out of reach.</exception>
    public static Pair Two(PrototxtNode parameters, string both, string stem, int otherwise, int least)
    {
        var given = parameters.Numbers(both);
        var (y, x) = given is [var one, var other] ? (one, other) : given is [.., var last] ? (last, last) : (parameters.Number($"{stem}_h", otherwise), parameters.Number($"{stem}_w", otherwise));
        return y == Math.Floor(y) && x == Math.Floor(x) && y >= least && x >= least && y <= 4096 && x <= 4096 ? new((int)y, (int)x) : throw new InvalidDataException($"'{both}' is {y}×{x}");
    }
}
