using System.Diagnostics;
using System.Text;
using TorchSharp.Modules;
using ZfDecl.Data.Batching;
using ZfDecl.Distributed;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Training.DataParallel;

/// <summary>The part of a step that ranks share: each runs its images, and all get the gradient of the whole minibatch (synchronous data-parallel descent).</summary>
internal sealed class SharedLearning : IDisposable
{
    private readonly ConvNet network;
    private readonly IProcessGroup group;
    private readonly MinibatchPart minibatch;
    private readonly DenseExchange exchange;
    private readonly GradientSum gradients;
    private readonly EarlySums early;
    private readonly Stopwatch clock = new();

    /// <param name="network">The network, the same on all ranks; collective.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="syncsNorm">Whether batch normalisation takes the statistics of the whole minibatch.</param>
    /// <param name="trained">Its parameters but for those that are frozen.</param>
    /// <param name="group">The ranks.</param>
    internal SharedLearning(ConvNet network, int seed, bool syncsNorm, IReadOnlyList<Parameter> trained, IProcessGroup group)
    {
        (this.network, this.group, Part) = (network, group, new(group.Rank, group.Size));
        var isAlike = RankAgreement.ComputeAlike(group);
        exchange = new(group, isAlike && group.Size > 1, layer => trained.Any(one => ReferenceEquals(one, layer.weight)));
        minibatch = new(group, seed, syncsNorm, exchange);
        Tensor[] statistics = syncsNorm ? [] : [.. network.named_buffers().Select(named => named.buffer).Where(buffer => buffer.dtype == ScalarType.Float32)];
        gradients = new(group, trained, statistics);
        early = new(network, weight => GradientSum.IsLarge(weight) && trained.Any(one => ReferenceEquals(one, weight)), gradients.BeginEarly);
    }

    /// <summary>How long this rank has waited for others, and copied, to have gradients summed.</summary>
    internal TimeSpan Reduction => clock.Elapsed;

    /// <summary>This rank's part of each minibatch.</summary>
    internal BatchPart Part { get; }

    /// <summary>The scores of this rank's images.</summary>
    /// <param name="batch">At least one image.</param>
    /// <param name="step">The number of the step in the run.</param>
    /// <returns>[N, classes].</returns>
    internal Tensor Forward(Batch batch, long step)
    {
        minibatch.Begin(step, batch.Indices, batch.WholeLabels.Count);
        early.IsOn = group.Size > 1 && batch.WholeLabels.Count >= group.Size && batch.Images.device_type == TorchSharp.DeviceType.CPU;
        network.Part = minibatch;
        try
        {
            return network.call(batch.Images);
        }
        finally
        {
            network.Part = null;
        }
    }

    /// <summary>Sums the gradients after the backward pass; collective. Dense layers compute theirs meanwhile.</summary>
    /// <param name="values">What else is summed over the ranks, at most <see cref="GradientSum.MostValues"/>.</param>
    internal void SumGradients(Span<float> values)
    {
        early.IsOn = false;
        clock.Start();
        gradients.Begin(exchange.Has, values);
        clock.Stop();
        exchange.Finish(clock);
        clock.Start();
        gradients.End(values);
        clock.Stop();
    }

    /// <summary>Where the network first leaves the finite numbers, as the first rank sees it whose loss is none; collective.</summary>
    /// <param name="own">What this rank sees; empty where its loss is finite.</param>
    internal string FirstNonFinite(string own)
    {
        var found = group.Gather(Encoding.UTF8.GetBytes(own)).Select(Encoding.UTF8.GetString).ToArray();
        var first = Array.FindIndex(found, text => text.Length > 0);
        return first < 0 ? "the parts' losses are finite, and their sum is not" : $"rank {first} on host {group.Hosts[first]}: {found[first]}";
    }

    public void Dispose()
    {
        early.Dispose();
        gradients.Dispose();
        exchange.Dispose();
    }
}
