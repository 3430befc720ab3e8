using System.Diagnostics;
using TorchSharp;
using TorchSharp.Modules;
using ZfDecl.Distributed;
using ZfDecl.Networks.Kernels;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ZfDecl.Training.DataParallel;

/// <summary>
/// Dense layers of which the ranks send each other inputs and output gradients, where these are fewer than the weights: batch · (in + out) &lt; in · out. Each rank then computes the gradient of the
/// whole minibatch, dW = dYᵀ · X, from the same bits. What is sent goes on its way while the pass goes on.
/// </summary>
/// <param name="group">The ranks; all compute alike, to the bit (<see cref="RankAgreement.ComputeAlike"/>), or <paramref name="isOn"/> is false.</param>
/// <param name="isOn">Whether it is done at all.</param>
/// <param name="isTrained">Whether a layer's weights are trained.</param>
internal sealed class DenseExchange(IProcessGroup group, bool isOn, Func<Linear, bool> isTrained) : IDisposable
{
    private readonly List<Exchanged> under = [];
    private int whole;

    /// <summary>Whether a layer's inputs and output gradients are fewer than its weights.</summary>
    /// <param name="batch">Images in a minibatch.</param>
    /// <param name="below">Units below.</param>
    /// <param name="units">Its units.</param>
    internal static bool Pays(long batch, long below, long units) => batch * (below + units) < below * units;

    /// <summary>Begins a step.</summary>
    /// <param name="images">Images of the whole minibatch.</param>
    internal void Begin(int images) => whole = images;

    /// <summary>Applies a layer; null where the exchange does not pay, or where some rank has no image.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="x">[N, units below].</param>
    /// <returns>[N, units].</returns>
    internal Tensor? Apply(Linear layer, Tensor x)
    {
        var weight = layer.weight;
        if (!isOn || whole < group.Size || !x.requires_grad || x.device_type != DeviceType.CPU || x.dtype != ScalarType.Float32 || !isTrained(layer) || !Pays(whole, weight.shape[1], weight.shape[0]))
            return null;
        using var scope = NewDisposeScope();
        var exchanged = new Exchanged(layer, new(group, whole, x.detach()));
        under.Add(exchanged);
        var (still, bias) = (weight.detach(), layer.bias?.detach());
        var y = DenseProduct.Apply(still, bias, x) ?? F.linear(x, still, bias);
        return GradientTap.Of(y, gradient => exchanged.Gradients = new(group, whole, gradient)).MoveToOuterDisposeScope();
    }

    /// <summary>Waits for what is under way, and gives the layers their gradients; collective.</summary>
    /// <param name="clock">Runs while it waits.</param>
    internal void Finish(Stopwatch clock)
    {
        using var noGrad = no_grad();
        foreach (var (layer, inputs) in under.Select(one => (one.Layer, one.Inputs)))
        {
            using var scope = NewDisposeScope();
            var gradients = under.Find(one => one.Layer == layer)!.Gradients!;
            clock.Start();
            var (x, dy) = (inputs.Wait(), gradients.Wait());            // [batch, units below], [batch, units]
            clock.Stop();
            layer.weight.grad = dy.t().matmul(x);
            if (layer.bias is { } bias)
                bias.grad = dy.sum([0]);
        }
        Clear();
    }

    /// <summary>Whether a parameter has its gradient from here.</summary>
    internal bool Has(Tensor parameter) => under.Exists(one => ReferenceEquals(one.Layer.weight, parameter) || ReferenceEquals(one.Layer.bias, parameter));

    public void Dispose() => Clear();

    private void Clear()
    {
        foreach (var one in under)
        {
            one.Inputs.Dispose();
            one.Gradients?.Dispose();
        }
        under.Clear();
    }

    private sealed class Exchanged(Linear layer, GatheredRows inputs)
    {
        internal Linear Layer => layer;

        internal GatheredRows Inputs => inputs;

        internal GatheredRows? Gradients { get; set; }
    }
}
