using System.Runtime.Intrinsics;
using ZfDecl.Networks;

namespace ZfDecl.Projection;

/// <summary>The step of a windowed projection through a relu, by the three rules of <see cref="ReluRule"/>.</summary>
/// <param name="layer">The relu.</param>
/// <param name="rule">The rule.</param>
internal sealed class RectifyStep(LayerInfo layer, ReluRule rule) : WindowStep
{
    public override LayerViews ViewsOf(Recording recording) =>
        rule == ReluRule.Deconv ? default : new(default, TensorView<float>.Of(recording.Activation(layer.Index)));

    public override void Take(ProjectionState state, in LayerViews views)
    {
        if (rule != ReluRule.Mask)
            Rectify(state.Signal);
        if (rule != ReluRule.Deconv)
            Mask(state.Signal, views.Rectified, state.Image);
    }

    private unsafe void Rectify(SignalWindow signal)
    {
        var (count, isLeaky, slope) = (signal.Values.Length, layer.Slope != 0, Vector256.Create((float)layer.Slope));
        fixed (float* values = &signal.First)
        {
            for (var i = 0; i < count; i += Vector256<float>.Count)        // the last vector may reach into the slack
            {
                var value = Vector256.Load(values + i);
                Vector256.Max(value, isLeaky ? value * slope : Vector256<float>.Zero).Store(values + i);
            }
        }
    }

    private unsafe void Mask(SignalWindow signal, TensorView<float> rectified, int image)
    {
        var (region, slope, ceiling) = (signal.Region, (float)layer.Slope, (float)(layer.Ceiling ?? double.PositiveInfinity));
        var forward = rectified[image];
        fixed (float* values = &signal.First)
        {
            var at = values;
            for (var y = region.Top; y < region.Top + region.Height; y++)
            {
                for (var x = region.Left; x < region.Left + region.Width; x++, at += signal.Maps)
                {
                    var unit = forward + (((y * layer.Output.Width) + x) * rectified.PixelStep);
                    for (var map = 0; map < signal.Maps; map++)
                    {
                        if (at[map] == 0)
                            continue;
                        var output = unit[map * rectified.MapStep];
                        if (!(output > 0))
                            at[map] = slope == 0 ? 0 : at[map] * slope;
                        else if (output >= ceiling)
                            at[map] = 0;
                    }
                }
            }
        }
    }
}
