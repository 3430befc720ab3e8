using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ZfDecl.Messages;

namespace ZfDecl.Data.Sets;

/// <summary>Takes the validation images from the training images of a data set that comes with others, which are then held out, to be measured once.</summary>
internal static class HoldoutSplit
{
    /// <summary>Splits the training images.</summary>
    /// <param name="data">The data; owned by the result from here on.</param>
    /// <param name="split">What is taken.</param>
    /// <returns>The data with a hash of its own; the caller disposes it.</returns>
    /// <exception cref="ZfDeclException">ZF1166: the data has a test set beside its validation images, or images of several classes; ZF1124: no class has two training images.</exception>
    public static ImageData Of(ImageData data, ValidationSplit split)
    {
        if (data.Test is not null)
            throw new ZfDeclException("ZF1166", $"{Holdout(split)} takes the validation images from the training images, but this data has some of its own ({data.Description}); leave it out, or move these into train");
        if (data.Objects is not null)
            throw new ZfDeclException("ZF1166", $"{Holdout(split)} takes a share of each class, but an image of this data may hold several; leave it out");
        var (train, validation) = split.Of([.. Enumerable.Range(0, data.Train.Count).Select(image => (data.Train.NameOf(image), data.Train.Label(image)))]);
        if (validation.Length == 0)
            throw new ZfDeclException("ZF1124", $"there is no image to validate with: each class has just one training image, so {Holdout(split)} finds nothing to take; add images");
        return data with
        {
            Train = Subset(train),
            Validation = Subset(validation),
            Test = data.Validation,
            TestValidates = false,
            Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{data.Hash}\nholdout {(split.Fold is { } fold ? $"{fold}" : $"{split.Share}")} {split.Seed}")))),
            Description = $"{data.Description}; of the training images {validation.Length} validate ({split}), and the {data.Validation.Count} others are held out as test images",
        };

        SubsetImageSet Subset(int[] images) => new(data.Train, images, label => label, data.Train.Classes);
    }

    private static string Holdout(ValidationSplit split) => split.Fold is { } fold ? $"`folds={fold.Count}`" : string.Create(CultureInfo.InvariantCulture, $"`holdout={split.Share}`");
}
