using ZfDecl.Interchange.Tensors;

namespace ZfDecl.Interchange.Weights.Matching;

/// <summary>The tensors of one layer, in a file or in a network: those whose names differ in the last part alone.</summary>
/// <param name="Name">What they have in common: <c>features.0</c>; empty where there is nothing.</param>
/// <param name="Tensors">By the part that differs, as torch calls it.</param>
internal sealed record TensorGroup(string Name, IReadOnlyDictionary<string, NamedTensor> Tensors)
{
    private const string Counter = "num_batches_tracked";

    /// <summary>What other programs call the same.</summary>
    private static readonly Dictionary<string, string> Synonyms = new()
    {
        ["kernel"] = "weight",
        ["weights"] = "weight",
        ["w"] = "weight",
        ["gamma"] = "weight",
        ["b"] = "bias",
        ["biases"] = "bias",
        ["beta"] = "bias",
        ["moving_mean"] = "running_mean",
        ["mean"] = "running_mean",
        ["moving_variance"] = "running_var",
        ["variance"] = "running_var",
        ["var"] = "running_var",
    };

    /// <summary>Tensors as groups, in the order in which each begins; how many minibatches a normalisation has seen is no part of it.</summary>
    public static IReadOnlyList<TensorGroup> Of(IEnumerable<NamedTensor> tensors) =>
        [.. tensors.Where(tensor => LastPart(tensor.Name) != Counter).GroupBy(tensor => FirstPart(tensor.Name)).Select(group => new TensorGroup(group.Key, group.DistinctBy(tensor => LastPart(tensor.Name)).ToDictionary(tensor => LastPart(tensor.Name))))];

    /// <summary>Whether each tensor has a counterpart in another group, and none is left over.</summary>
    public bool Fits(TensorGroup file) => Tensors.Count == file.Tensors.Count && Tensors.All(tensor => file.Tensors.TryGetValue(tensor.Key, out var found) && Fitting(tensor.Value.Values.Shape, found.Values) is not null);

    /// <summary>The tensors of the file by the names of the network, which fit.</summary>
    public IEnumerable<MatchedTensor> Joined(TensorGroup file) => Tensors.Select(tensor => new MatchedTensor(tensor.Value.Name, file.Tensors[tensor.Key].Name, Fitting(tensor.Value.Values.Shape, file.Tensors[tensor.Key].Values)!));

    /// <summary>Values in the shape that a network wants them in: dimensions of 1 may come and go, and a convolution over a whole map is a matrix. Null where they are of another shape.</summary>
    private static TensorSource? Fitting(IReadOnlyList<long> wanted, TensorSource found) =>
        wanted.SequenceEqual(found.Shape) ? found
        : found.Count == TensorSource.Product(wanted) && (wanted.Where(side => side != 1).SequenceEqual(found.Shape.Where(side => side != 1)) || (wanted.Count == 2 && found.Shape.Count == 4 && wanted[0] == found.Shape[0])) ? found.Reshaped([.. wanted])
        : null;

    private static string LastPart(string name) => name[(name.LastIndexOf('.') + 1)..] is var last && Synonyms.TryGetValue(last, out var usual) ? usual : last;

    private static string FirstPart(string name) => name[..Math.Max(0, name.LastIndexOf('.'))];
}
