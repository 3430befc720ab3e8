using System.Numerics;
using ZfDecl.Networks;

namespace ZfDecl.Projection;

/// <summary>The step of a windowed projection through a max pooling: each value goes to the position its switch names.</summary>
/// <remarks>
/// Seen from the position p of a map below: <c>s'(p) = Σ s(w)</c> over the windows w that hold p and whose switch is p. That way neighbouring maps share a vector, and
/// every position is written once.
/// </remarks>
/// <param name="layer">The pooling.</param>
/// <param name="input">The shape of its input.</param>
/// <param name="rule">What happens where windows share a switch.</param>
internal sealed unsafe class UnpoolStep(LayerInfo layer, FeatureShape input, UnpoolRule rule) : WindowStep
{
    private readonly LayerWindow window = layer.Window!.Value;

    public override LayerViews ViewsOf(Recording recording) => new(TensorView<long>.PixelByPixel(recording.Switches(layer.Index)), default);

    public override void Take(ProjectionState state, in LayerViews views)
    {
        var signal = state.Signal;
        var (region, maps) = (signal.Region, signal.Maps);
        var below = state.Below(window.Below(region).ClipTo(input.Height, input.Width), maps, isWritten: true);
        var reached = below.Region;
        var switches = views.Switches[state.Image];
        fixed (float* values = &signal.First, into = &below.First)
        {
            var to = into;
            for (var y = reached.Top; y < reached.Top + reached.Height; y++)
            {
                var rows = Windows(y, ((window.KernelHeight - 1) * window.DilationY) + 1, window.StrideY, window.PaddingY, region.Top, region.Height, layer.Output.Height);
                for (var x = reached.Left; x < reached.Left + reached.Width; x++, to += maps)
                {
                    var columns = Windows(x, ((window.KernelWidth - 1) * window.DilationX) + 1, window.StrideX, window.PaddingX, region.Left, region.Width, layer.Output.Width);
                    var position = (y * input.Width) + x;
                    if (rule == UnpoolRule.Sum)
                        Sum(values, region, switches, rows, columns, position, maps, to);
                    else
                        TakeLast(values, region, switches, rows, columns, position, maps, to);
                }
            }
        }
        state.Advance();
    }

    /// <summary>The windows that hold a row or column: those of the signal for a sum, all of the layer where one beyond the signal, of value 0, may be the last.</summary>
    private (int First, int Last) Windows(int at, int kernel, int stride, int padding, int begin, int length, int all)
    {
        var (first, last) = rule == UnpoolRule.Sum ? (begin, begin + length - 1) : (0, all - 1);
        return (Math.Max(Math.Max(at + padding - kernel + stride, 0) / stride, first), Math.Min((at + padding) / stride, last));
    }

    private void Sum(float* values, PixelRegion region, long* switches, (int First, int Last) rows, (int First, int Last) columns, int position, int maps, float* to)
    {
        var (target, positions) = (new Vector<long>(position), layer.Output.Width);
        var map = 0;
        for (; map <= maps - Vector<float>.Count; map += Vector<float>.Count)
        {
            var sum = Vector<float>.Zero;
            for (var y = rows.First; y <= rows.Last; y++)
            {
                var value = values + ((((((long)y - region.Top) * region.Width) + columns.First - region.Left) * maps) + map);
                var choice = switches + (((((long)y * positions) + columns.First) * maps) + map);
                for (var x = columns.First; x <= columns.Last; x++, value += maps, choice += maps)
                    sum += Vector.ConditionalSelect(AreHere(choice, target), Vector.Load(value), Vector<float>.Zero);
            }
            sum.Store(to + map);
        }
        for (; map < maps; map++)
        {
            var sum = 0f;
            for (var y = rows.First; y <= rows.Last; y++)
            {
                for (var x = columns.First; x <= columns.Last; x++)
                {
                    if (switches[((((long)y * positions) + x) * maps) + map] == position)
                        sum += values[((((y - region.Top) * region.Width) + x - region.Left) * maps) + map];
                }
            }
            to[map] = sum;
        }
    }

    private void TakeLast(float* values, PixelRegion region, long* switches, (int First, int Last) rows, (int First, int Last) columns, int position, int maps, float* to)
    {
        var positions = layer.Output.Width;
        for (var map = 0; map < maps; map++)
        {
            to[map] = 0;
            for (var y = rows.First; y <= rows.Last; y++)
            {
                for (var x = columns.First; x <= columns.Last; x++)
                {
                    if (switches[((((long)y * positions) + x) * maps) + map] == position)
                        to[map] = region.Contains(y, x) ? values[((((y - region.Top) * region.Width) + x - region.Left) * maps) + map] : 0;
                }
            }
        }
    }

    private static Vector<float> AreHere(long* switches, Vector<long> position) => Vector.AsVectorSingle(
        Vector.Narrow(Vector.Equals(Vector.Load(switches), position), Vector.Equals(Vector.Load(switches + Vector<long>.Count), position)));
}
