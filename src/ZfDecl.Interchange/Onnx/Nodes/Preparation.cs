namespace ZfDecl.Interchange.Onnx.Nodes;

/// <summary>What is done to the pixels before the first layer: channel i is channel <c>Order[i]</c> of the image, times a scale, plus a shift.</summary>
/// <param name="Order">The channels of the image, in the order in which the network takes them.</param>
/// <param name="Scale">One a channel.</param>
/// <param name="Shift">One a channel, or one a pixel: [C], or [C, H, W].</param>
internal sealed record Preparation(int[] Order, double[] Scale, double[] Shift)
{
    public static Preparation None(int channels) => new([.. Enumerable.Range(0, channels)], [.. Enumerable.Repeat(1.0, channels)], new double[channels]);

    public bool IsNone => Order.Index().All(channel => channel.Index == channel.Item) && Scale.All(scale => scale == 1) && Shift.All(shift => shift == 0);

    /// <summary>Every value times a factor of its channel.</summary>
    public Preparation Times(double[] factors) => this with { Scale = [.. Scale.Zip(factors, (scale, factor) => scale * factor)], Shift = [.. Shift.Select((shift, i) => shift * factors[i / (Shift.Length / Scale.Length)])] };

    /// <summary>Plus further values, one a channel or one a pixel.</summary>
    public Preparation Plus(double[] values)
    {
        var (few, many) = Shift.Length < values.Length ? (Shift, values) : (values, Shift);
        return this with { Shift = [.. many.Select((value, i) => value + few[i / (many.Length / few.Length)])] };
    }

    /// <summary>Some of the channels, in some order.</summary>
    public Preparation Channels(IReadOnlyList<int> channels)
    {
        var plane = Shift.Length / Scale.Length;
        return new([.. channels.Select(channel => Order[channel])], [.. channels.Select(channel => Scale[channel])], [.. channels.SelectMany(channel => Shift.Skip(channel * plane).Take(plane))]);
    }

    /// <summary>The channels of several behind each other.</summary>
    public static Preparation Joined(IReadOnlyList<Preparation> parts)
    {
        var plane = parts.Max(part => part.Shift.Length / part.Scale.Length);
        return new([.. parts.SelectMany(part => part.Order)], [.. parts.SelectMany(part => part.Scale)],
            [.. parts.SelectMany(part => part.Shift.SelectMany(shift => Enumerable.Repeat(shift, plane / (part.Shift.Length / part.Scale.Length))))]);
    }

    public bool Equals(Preparation? other) => other is not null && Order.SequenceEqual(other.Order) && Scale.SequenceEqual(other.Scale) && Shift.SequenceEqual(other.Shift);

    public override int GetHashCode() => Order.Length;
}
