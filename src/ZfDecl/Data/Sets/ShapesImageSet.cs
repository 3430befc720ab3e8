using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ZfDecl.Data.Drawing;
using ZfDecl.Networks;

namespace ZfDecl.Data.Sets;

/// <summary>
/// The built-in data set <c>shapes</c>, which needs no files: each image is drawn from its number, an object of one of ten classes, of any size,
/// position and rotation, over a cluttered, textured background. The same on every machine, and it is known where the object is. Its colour is any that stands out
/// from the background and from middle grey, so that a grey square hides it.
/// </summary>
public sealed class ShapesImageSet : ImageSet
{
    /// <summary>The name under which it is opened.</summary>
    public const string Name = "shapes";

    private const int TrainingImages = 8000, ValidationImages = 2000;

    /// <summary>Rises when the drawing changes: what was trained on other images does not go on with these.</summary>
    private const int Edition = 2;

    private static readonly ShapeKind[] Kinds = Enum.GetValues<ShapeKind>();
    private readonly int seed;

    /// <param name="shape">Of 1 channel (grey) or 3 (colour), of any size.</param>
    /// <param name="count">How many images; those of a larger set begin with those of a smaller one.</param>
    /// <param name="seed">Another seed, other images.</param>
    public ShapesImageSet(FeatureShape shape, int count, int seed = 0) : base(shape, [.. Kinds.Select(kind => $"{kind}".ToLowerInvariant())])
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (shape.Maps is not (1 or 3))
            throw new ArgumentException($"images of {shape.Maps} channels cannot be drawn, only of 1 or 3", nameof(shape));
        (Count, this.seed) = (count, seed);
    }

    /// <summary>The data set: 8,000 training images and 2,000 validation images, as many of each class.</summary>
    /// <param name="shape">Of 1 channel (grey) or 3 (colour), of any size.</param>
    /// <returns>The data; the caller disposes it.</returns>
    public static ImageData Open(FeatureShape shape)
    {
        var definition = string.Create(CultureInfo.InvariantCulture, $"{Name} {Edition}: {shape}, {TrainingImages} + {ValidationImages}");
        return new(
            new ShapesImageSet(shape, TrainingImages, seed: 0),
            new ShapesImageSet(shape, ValidationImages, seed: 1),
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(definition))),
            $"drawn shapes: {TrainingImages} training images, {ValidationImages} validation images of {shape}, {Kinds.Length} classes");
    }

    /// <inheritdoc/>
    public override int Count { get; }

    /// <inheritdoc/>
    protected internal override bool ReadsSlowly => true;

    /// <inheritdoc/>
    public override int Label(int index) => index % Kinds.Length;

    /// <inheritdoc/>
    public override string NameOf(int index) => $"{Name}[{seed}, {index}]";

    /// <inheritdoc/>
    public override void Read(int index, Span<byte> output)
    {
        CheckLength(output);
        Scene(index).Draw(Shape, output);
    }

    /// <inheritdoc/>
    public override bool[] Mask(int index) => Scene(index).Mask(Shape);

    private ShapeScene Scene(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return new(Kinds[Label(index)], Shape, new(seed, 0, index));
    }
}
