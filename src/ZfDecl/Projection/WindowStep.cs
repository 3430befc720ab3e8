using ZfDecl.Networks;

namespace ZfDecl.Projection;

/// <summary>The step of a windowed projection down through one layer. Any number of threads may take it at once, each with a state of its own.</summary>
internal abstract class WindowStep
{
    /// <summary>Takes the signal at the layer's output, which lies inside of the layer, to its input, inside of that.</summary>
    /// <param name="state">Where the signal is.</param>
    /// <param name="views">What <see cref="ViewsOf"/> made of the recording.</param>
    public abstract void Take(ProjectionState state, in LayerViews views);

    /// <summary>Whether the step reads so much beside the signal that many signals had better take it together.</summary>
    public virtual bool IsLarge => false;

    /// <summary>Takes several signals down, each as if it were alone.</summary>
    /// <param name="states">Where the signals are.</param>
    /// <param name="views">What <see cref="ViewsOf"/> made of the recording.</param>
    public virtual void Take(ReadOnlySpan<ProjectionState> states, in LayerViews views)
    {
        foreach (var state in states)
            Take(state, views);
    }

    /// <summary>Finds in memory what the step reads of a recording. What it makes is the caller's dispose scope's.</summary>
    public virtual LayerViews ViewsOf(Recording recording) => default;
}

/// <summary>What a step reads of a recording.</summary>
/// <param name="Switches">Of a max pooling.</param>
/// <param name="Rectified">The output of a relu, where the rule asks for it.</param>
internal readonly record struct LayerViews(TensorView<long> Switches, TensorView<float> Rectified);
