using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Networks.Recipes;

namespace ZfDecl.Data.Layouts;

/// <summary>What is wanted of data that is opened.</summary>
public sealed record DataRequest
{
    /// <summary>How much memory decoded images may take where the caller says nothing: 1 GiB.</summary>
    public const long DefaultCache = 1L << 30;

    /// <param name="input">The network's input: its channels, and the size of a crop.</param>
    /// <param name="recipe">Its <c>resize</c> decides the decoded size.</param>
    /// <param name="seed">Decides which images validate where the data has no split of its own.</param>
    /// <param name="log">Gets the warnings and the progress; of damage found only when an image is read, from the thread that reads.</param>
    /// <exception cref="ZfDeclException">ZF1104: the input has neither 1 nor 3 channels; ZF1105: <c>resize</c> leaves no room for a crop.</exception>
    public DataRequest(FeatureShape input, PreprocessRecipe recipe, int seed, IRunLog log) =>
        (Decoded, Resizing, Seed, Log) = (DecodedShape(input, recipe), Resizing.Of(recipe), seed, log);

    /// <summary>The shape that the images are read in.</summary>
    public FeatureShape Decoded { get; }

    /// <summary>How an image of another size is brought to that shape.</summary>
    public Resizing Resizing { get; }

    /// <summary>Decides which images validate where the data has no split of its own.</summary>
    public int Seed { get; }

    /// <summary>Gets the warnings and the progress.</summary>
    public IRunLog Log { get; }

    /// <summary>How many bytes of decoded images may be kept in memory.</summary>
    public long Cache { get; init; } = DefaultCache;

    /// <summary>
    /// The share of each class of the training images that validates, more than 0 and less than 1, instead of the validation images that the data has, which are
    /// then held out; null for a tenth where it has none.
    /// </summary>
    public double? Holdout { get; init; }

    /// <summary>The part of the training images that validates in their place, where these are divided into several for as many trainings; null for none.</summary>
    public DataFold? Fold { get; init; }

    /// <summary>Of a list: another folder than its own that its paths may lie below, a full path; null for none.</summary>
    public string? ListRoot { get; init; }

    internal ValidationSplit Split => new(Seed, Holdout) { Fold = Fold };

    /// <summary>The shape that images are decoded in for a network: its input's, or a square of <c>resize</c> that holds its crops.</summary>
    /// <exception cref="ZfDeclException">ZF1104, ZF1105, as above.</exception>
    internal static FeatureShape DecodedShape(FeatureShape input, PreprocessRecipe recipe)
    {
        if (input.Maps is not (1 or 3))
            throw new ZfDeclException(
                "ZF1104", $"the network's input has {input.Maps} channels; images have 1 (grey) or 3 (RGB): change input.channels");
        if (recipe.Resize is not { } side)
            return input;
        if (side < Math.Max(input.Height, input.Width))
            throw new ZfDeclException("ZF1105", $"resize {side} is smaller than the input of {input.Height}×{input.Width}, so no crop fits; "
                + $"use at least {Math.Max(input.Height, input.Width)}");
        return new(input.Maps, side, side);
    }
}
