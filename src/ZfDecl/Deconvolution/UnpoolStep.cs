using ZfDecl.Networks;

namespace ZfDecl.Deconvolution;

/// <summary>The step of a windowed projection through a max pooling: each value goes to the place its switch names.</summary>
/// <param name="layer">The pooling.</param>
/// <param name="input">The shape of its input.</param>
/// <param name="rule">What happens where windows share a switch.</param>
internal sealed class UnpoolStep(LayerInfo layer, FeatureShape input, UnpoolRule rule) : WindowStep
{
    private const int Maps = 16;        // taken together: a cache line of the signal, whichever way the switches lie

    private readonly LayerWindow window = layer.Window!.Value;
    private readonly double inverseWidth = 1.0 / input.Width;       // half a place from every whole row, a product takes the place of a division

    public override PlacedLayer Place(Recording seen) => new(PlacedMaps<long>.Of(seen.Switches(layer.Index)), default);

    public override unsafe void Take(Descent descent, in PlacedLayer placed)
    {
        var (signal, switches) = (descent.Signal, placed.Switches);
        var (region, maps) = (signal.Region, signal.Maps);
        var places = switches[descent.Image];
        var below = descent.Below(window.Below(region).ClipTo(input.Height, input.Width), maps);
        var reached = below.Region;
        fixed (float* values = &signal.First, into = &below.First)
        {
            for (var begin = 0; begin < maps; begin += Maps)
            {
                var end = Math.Min(begin + Maps, maps);
                for (var y = 0; y < region.Height; y++)
                {
                    for (var x = 0; x < region.Width; x++)
                    {
                        var at = values + (((y * region.Width) + x) * maps);
                        var unit = ((region.Top + y) * layer.Output.Width) + region.Left + x;
                        for (var map = begin; map < end; map++)
                        {
                            if (at[map] == 0)
                                continue;
                            var ofMap = places + (map * switches.MapStep);
                            var place = (int)ofMap[unit * switches.PixelStep];
                            var row = (int)((place + 0.5) * inverseWidth);
                            var column = place - (row * input.Width);
                            var to = into + (((((row - reached.Top) * reached.Width) + column - reached.Left) * maps) + map);
                            if (rule == UnpoolRule.Sum)
                                *to += at[map];
                            else if (!IsOverwritten(ofMap, switches.PixelStep, unit, place, row, column))
                                *to = at[map];
                        }
                    }
                }
            }
        }
        descent.Descend();
    }

    /// <summary>Whether a later window in reading order, be its own value 0, has the same switch.</summary>
    private unsafe bool IsOverwritten(long* switches, nint step, int unit, int place, int row, int column)
    {
        var last = (Y: Math.Min((row + window.PaddingY) / window.StrideY, layer.Output.Height - 1), X: Math.Min((column + window.PaddingX) / window.StrideX, layer.Output.Width - 1));
        var first = Math.Max(0, (column + window.PaddingX - window.KernelWidth + window.StrideX) / window.StrideX);
        for (var y = unit / layer.Output.Width; y <= last.Y; y++)
        {
            for (var x = first; x <= last.X; x++)
            {
                var other = (y * layer.Output.Width) + x;
                if (other > unit && switches[other * step] == place)
                    return true;
            }
        }
        return false;
    }
}
