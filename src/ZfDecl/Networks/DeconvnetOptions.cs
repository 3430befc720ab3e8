namespace ZfDecl.Networks;

/// <summary>The rules that a deconvnet follows. The defaults are the paper's.</summary>
public sealed record DeconvnetOptions
{
    /// <summary>What happens to the signal at a relu on the way down.</summary>
    public ReluRule Relu { get; init; } = ReluRule.Deconv;

    /// <summary>What happens where overlapping pooling windows share a switch.</summary>
    public UnpoolRule Unpool { get; init; } = UnpoolRule.Sum;

    /// <summary>In words, for a caption; null for the paper's rules.</summary>
    public string? Described => this == new DeconvnetOptions()
        ? null
        : $"rule {Relu.ToString().ToLowerInvariant()}, unpooling by {Unpool.ToString().ToLowerInvariant()}";
}

/// <summary>What happens to the signal at a relu on the way down.</summary>
public enum ReluRule
{
    /// <summary>The signal itself is rectified, whatever the forward activation was (Zeiler &amp; Fergus 2014, §2.1).</summary>
    Deconv,

    /// <summary>The signal is kept where the forward activation was positive: the gradient (footnote 1 of the paper).</summary>
    Mask,

    /// <summary>Both: guided backpropagation (Springenberg et al. 2015).</summary>
    Guided,
}

/// <summary>What happens where overlapping pooling windows share a switch.</summary>
public enum UnpoolRule
{
    /// <summary>Their signals add up: the adjoint of max pooling.</summary>
    Sum,

    /// <summary>The last window in reading order wins, as in tools that place each value with an assignment.</summary>
    Overwrite,
}
