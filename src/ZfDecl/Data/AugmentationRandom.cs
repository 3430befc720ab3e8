namespace ZfDecl.Data;

/// <summary>
/// The chance in one image: the same numbers for the same seed, epoch and image, whatever thread draws them. A counter of golden-ratio
/// steps, scrambled (SplitMix64: Steele, Lea &amp; Flood 2014).
/// </summary>
public struct AugmentationRandom
{
    private const ulong Step = 0x9E3779B97F4A7C15;
    private ulong state;

    /// <param name="seed">The seed of the run.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="index">The image's index in its set.</param>
    public AugmentationRandom(int seed, int epoch, int index) =>
        state = Scramble(Scramble(Scramble((uint)seed + Step) ^ (uint)epoch) ^ (uint)index);

    /// <summary>A whole number, 0 … <paramref name="bound"/> − 1, all equally likely.</summary>
    public int Next(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        return (int)Math.BigMul(NextBits(), (ulong)bound, out _);
    }

    /// <summary>A number, 0 … below 1, all equally likely.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1L << 53));

    /// <summary>A number between two others, all equally likely.</summary>
    public double NextDouble(double from, double to) => from + (to - from) * NextDouble();

    /// <summary>Puts the items into a random order.</summary>
    public void Shuffle(Span<int> items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var other = Next(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    private ulong NextBits() => Scramble(state += Step);

    private static ulong Scramble(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
