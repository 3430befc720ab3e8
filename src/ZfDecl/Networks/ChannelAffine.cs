using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ZfDecl.Networks;

/// <summary>A scale and a shift for each map, or unit: <c>y = x · weight + bias</c>.</summary>
public sealed class ChannelAffine : nn.Module<Tensor, Tensor>
{
    /// <param name="maps">The number of maps.</param>
    /// <param name="trained">Whether the values are parameters; else they are buffers, which training leaves as they are.</param>
    /// <param name="scale">The scales to start with: one for all maps, or one each.</param>
    /// <param name="shift">The shifts to start with, likewise.</param>
    public ChannelAffine(int maps, bool trained, double[] scale, double[] shift) : base(nameof(ChannelAffine))
    {
        Register("weight", scale);
        Register("bias", shift);

        void Register(string name, double[] values)
        {
            using var given = tensor(values, ScalarType.Float32);
            using var spread = given.expand(maps);
            if (trained)
                register_parameter(name, (Parameter)nn.Parameter(spread.clone()).DetachFromDisposeScope());
            else
                register_buffer(name, spread.clone().DetachFromDisposeScope());
        }
    }

    /// <summary>The scales, [maps].</summary>
    public Tensor weight => Find(nameof(weight));

    /// <summary>The shifts, [maps].</summary>
    public Tensor bias => Find(nameof(bias));

    /// <summary>Scales and shifts each map.</summary>
    /// <param name="input">[N, maps, height, width] or [N, maps].</param>
    /// <returns>The same shape; the caller disposes it.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        long[] shape = input.dim() == 4 ? [1, -1, 1, 1] : [1, -1];
        return ((input * weight.view(shape)) + bias.view(shape)).MoveToOuterDisposeScope();
    }

    private Tensor Find(string name) => (Tensor?)get_parameter(name) ?? get_buffer(name)!;
}
