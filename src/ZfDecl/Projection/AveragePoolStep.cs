using ZfDecl.Networks;

namespace ZfDecl.Projection;

/// <summary>The step of a windowed projection through an average pooling: each value is spread over its window in equal shares.</summary>
/// <param name="layer">The pooling.</param>
/// <param name="input">The shape of its input.</param>
internal sealed class AveragePoolStep(LayerInfo layer, FeatureShape input) : WindowStep
{
    private readonly LayerWindow window = layer.Window!.Value;

    public override void Take(ProjectionState state, in LayerViews views)
    {
        var signal = state.Signal;
        var (region, maps) = (signal.Region, signal.Maps);
        var below = state.Below(window.Below(region).ClipTo(input.Height, input.Width), maps);
        for (var y = 0; y < region.Height; y++)
        {
            var rows = Extent((region.Top + y) * window.StrideY, window.KernelHeight, window.PaddingY, window.PaddingBottom, input.Height);
            for (var x = 0; x < region.Width; x++)
            {
                var columns = Extent((region.Left + x) * window.StrideX, window.KernelWidth, window.PaddingX, window.PaddingRight, input.Width);
                var share = 1f / (rows.Counted * columns.Counted);
                var values = signal.Values.Slice(((y * region.Width) + x) * maps, maps);
                for (var row = rows.First; row < rows.End; row++)
                {
                    for (var column = columns.First; column < columns.End; column++)
                        SignalWindow.Add(values, share, below.Values.Slice((((row - below.Region.Top) * below.Region.Width) + column - below.Region.Left) * maps, maps));
                }
            }
        }
        state.Advance();
    }

    /// <summary>Along one axis: the positions of a window that lie inside, and how many count in the mean. What sticks out beyond the padding never does.</summary>
    private (int First, int End, int Counted) Extent(int start, int kernel, int padding, int behindPadding, int length)
    {
        var (begin, end) = (start - padding, Math.Min(start - padding + kernel, length + behindPadding));
        var (first, behind) = (Math.Max(begin, 0), Math.Min(end, length));
        return (first, behind, layer.CountsPadding ? end - begin : behind - first);
    }
}
