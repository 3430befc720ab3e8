namespace ZfDecl.Data.Drawing;

/// <summary>A two-coloured texture: clouds, wavering stripes, warped checks or a slope, with splotches of a third colour over it.</summary>
internal sealed class Texture
{
    /// <summary>How far its other colours are from the first to any colour.</summary>
    private const double Variety = 0.5;

    private readonly int kind;
    private readonly double frequency, waver, splotches;
    private readonly Direction axis;
    private readonly ValueNoise coarse, middle, fine, patches;

    /// <summary>Draws one by chance.</summary>
    /// <param name="random">The chance.</param>
    /// <param name="width">The part of the plane that it covers.</param>
    /// <param name="height">The part of the plane that it covers.</param>
    public Texture(ref AugmentationRandom random, double width, double height)
    {
        kind = random.Next(4);
        First = Colour.Draw(ref random);
        Second = First.Towards(Colour.Draw(ref random), Variety);
        Splotch = First.Towards(Colour.Draw(ref random), Variety);
        axis = Direction.Draw(ref random);
        frequency = random.NextDouble(2, 7);
        waver = random.NextDouble(0, 0.15);
        splotches = random.NextDouble(0.6, 0.9);
        coarse = new(ref random, frequency, width, height);
        middle = new(ref random, 2 * frequency, width, height);
        fine = new(ref random, 4 * frequency, width, height);
        patches = new(ref random, 1.3 * frequency, width, height);
    }

    /// <summary>The colours that it goes between.</summary>
    public Colour First { get; }

    /// <inheritdoc cref="First"/>
    public Colour Second { get; }

    /// <summary>The colour of its splotches.</summary>
    public Colour Splotch { get; }

    /// <summary>Its colour at a point.</summary>
    public Colour At(double x, double y)
    {
        var (along, across) = axis.Turn(x, y);
        var noise = (4 * coarse.At(x, y) + 2 * middle.At(x, y) + fine.At(x, y)) / 7;
        var share = kind switch
        {
            0 => noise,
            1 => Wave(frequency * (along + waver * noise)),
            2 => Sharper(Wave(0.6 * frequency * (along + waver * noise)) + Wave(0.6 * frequency * (across + waver * noise)) - 0.5),
            _ => Math.Clamp(0.5 + 0.5 * (along + noise - 0.5), 0, 1),
        };
        return First.Towards(Second, share).Towards(Splotch, Sharper(patches.At(x, y) - splotches + 0.5));
    }

    /// <summary>Up and down between 0 and 1, once in a length of 1.</summary>
    private static double Wave(double offset) => Math.Abs(2 * (offset - Math.Floor(offset)) - 1);

    /// <summary>Steeper around ½.</summary>
    private static double Sharper(double share) => Math.Clamp(0.5 + 8 * (share - 0.5), 0, 1);
}
