using System.Collections.ObjectModel;

namespace ZfDecl.Networks.Recipes;

/// <summary>Stochastic gradient descent with momentum, as in Zeiler &amp; Fergus 2014, §3, and its usual relatives.</summary>
public sealed record TrainingRecipe
{
    /// <summary>Images in a minibatch; at least 1.</summary>
    public required int Batch { get; init; }

    /// <summary>Passes over the training set; at least 1.</summary>
    public required int Epochs { get; init; }

    /// <summary>The (peak) learning rate; above 0.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The share of the last step that is added to this one; 0 … below 1.</summary>
    public required double Momentum { get; init; }

    /// <summary>The pull of each weight towards 0, added to its gradient; 0 or more. Biases are pulled too.</summary>
    public required double WeightDecay { get; init; }

    /// <summary>How the learning rate falls.</summary>
    public required Annealing Anneal { get; init; }

    /// <summary>Epochs over which the learning rate rises linearly from 0; may be fractional, 0 for none.</summary>
    public required double WarmUp { get; init; }

    /// <summary>The radius of filter renormalisation: a conv filter whose RMS exceeds it is scaled back to it after each step; null for none.</summary>
    public required double? FilterRms { get; init; }

    /// <summary>
    /// The standard deviation of the normal distribution that weights start from, in layers without <see cref="LayerInfo.InitialStd"/>; null for He et al.
    /// 2015: √(2 / fan-in).
    /// </summary>
    public required double? InitialStd { get; init; }

    /// <summary>Epochs without a lower validation error after which the training ends (early stopping); at least 1, null to train all epochs.</summary>
    public int? Patience { get; init; }

    /// <summary>
    /// Factors of the learning rate, each 0 or more: of all <c>weight</c>s, of all <c>bias</c>es, and of layers by name. Those that a parameter has multiply; without any it
    /// is 1. A parameter whose factor is 0 is frozen: no step changes it.
    /// </summary>
    public IReadOnlyDictionary<string, double> Rates { get; init; } = ReadOnlyDictionary<string, double>.Empty;

    /// <summary>Factors of the weight decay, by the same names, each 0 or more.</summary>
    public IReadOnlyDictionary<string, double> Decay { get; init; } = ReadOnlyDictionary<string, double>.Empty;

    /// <summary>How much the classes count in the loss that is minimised. The validation loss is of each image alike in any case.</summary>
    public ClassWeighting ClassWeights { get; init; }
}

/// <summary>How much the classes count in the loss of a training.</summary>
public enum ClassWeighting
{
    /// <summary>Each image alike: a class counts by how many it has.</summary>
    None,

    /// <summary>Each class alike: an image of a class weighs n / (classes · n of its class), n being the training images, so that the mean weight is 1.</summary>
    Balanced,
}

/// <summary>How a learning rate falls over the epochs.</summary>
public enum Annealing
{
    /// <summary>It stays.</summary>
    Constant,

    /// <summary>It follows half a cosine down to 0 at the end of the last epoch.</summary>
    Cosine,

    /// <summary>It is divided by 10 after each third of the epochs.</summary>
    Step,

    /// <summary>It is divided by 10 when the validation error has not fallen for three epochs: the paper's annealing by hand, made automatic.</summary>
    Plateau,
}
