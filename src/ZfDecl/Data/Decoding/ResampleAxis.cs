using ZfDecl.Networks.Recipes;

namespace ZfDecl.Data.Decoding;

/// <summary>
/// How the pixels of a row, or of a column, become other ones: each the mean of those around its offset, weighted as an interpolation says, over a width of new pixels where these are larger and of
/// old ones where it grows. That is without aliasing.
/// </summary>
internal sealed class ResampleAxis
{
    private readonly int[] starts;
    private readonly float[] weights;

    /// <param name="length">How many pixels there are.</param>
    /// <param name="origin">Where among them the picture begins; 0, or a part of a pixel where the first one is not wholly the picture's.</param>
    /// <param name="step">How many of them go into a new one.</param>
    /// <param name="offset">The first new pixel that is wanted.</param>
    /// <param name="count">How many are wanted.</param>
    /// <param name="interpolation">The weights.</param>
    public ResampleAxis(int length, double origin, double step, int offset, int count, Interpolation interpolation = Interpolation.Bilinear)
    {
        var (unit, reach) = (Math.Max(step, 1), Reach(interpolation, step));
        Taps = Math.Min((int)Math.Ceiling(2 * reach), length);
        starts = new int[count];
        weights = new float[count * Taps];
        for (var i = 0; i < count; i++)
        {
            var centre = origin + (offset + i + 0.5) * step - 0.5;
            var start = Math.Clamp((int)Math.Floor(centre - reach) + 1, 0, length - Taps);
            var sum = 0.0;
            for (var tap = 0; tap < Taps; tap++)
                sum += Weight(start + tap);
            for (var tap = 0; tap < Taps; tap++)
                weights[i * Taps + tap] = (float)(Weight(start + tap) / sum);
            starts[i] = start;

            double Weight(int pixel)
            {
                var distance = Math.Abs(pixel - centre);
                return interpolation switch
                {
                    Interpolation.Bicubic => Cubic(distance / unit),
                    Interpolation.Area => Math.Clamp(reach - distance, 0, Math.Min(step, 1)),           // how much of the old pixel the new one covers
                    _ => Math.Max(1 - distance / unit, 0),
                };
            }
        }
    }

    /// <summary>From which distance on a pixel has no weight.</summary>
    private static double Reach(Interpolation interpolation, double step) => interpolation switch
    {
        Interpolation.Bicubic => 2 * Math.Max(step, 1),
        Interpolation.Area => (step + 1) / 2,
        _ => Math.Max(step, 1),
    };

    /// <summary>The cubic convolution kernel of Keys 1981 with a = −½.</summary>
    private static double Cubic(double x) => x switch
    {
        < 1 => (1.5 * x * x * x) - (2.5 * x * x) + 1,
        < 2 => (-0.5 * x * x * x) + (2.5 * x * x) - (4 * x) + 2,
        _ => 0,
    };

    /// <summary>How many pixels go into each new one.</summary>
    public int Taps { get; }

    /// <summary>How many new pixels there are.</summary>
    public int Count => starts.Length;

    /// <summary>The first pixel that is needed at all.</summary>
    public int First => starts[0];

    /// <summary>How many are needed, from the first on.</summary>
    public int Needed => starts[^1] + Taps - starts[0];

    /// <summary>The first pixel that goes into a new one.</summary>
    public int Start(int index) => starts[index];

    /// <summary>The weights of those that go into it, [<see cref="Taps"/>].</summary>
    public ReadOnlySpan<float> Weights(int index) => weights.AsSpan(index * Taps, Taps);
}
