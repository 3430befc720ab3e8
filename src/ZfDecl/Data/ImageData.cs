namespace ZfDecl.Data;

/// <summary>What was found in a data folder: images to train on and images to validate with.</summary>
/// <param name="Train">The training images; owned by this record.</param>
/// <param name="Validation">The validation images, of the same classes and shape; owned by this record.</param>
/// <param name="Hash">
/// SHA-256 as lowercase hex. For IDX files it covers the pixels and labels, for class folders the split, path and length of each image file:
/// equal hashes mean the same data in the same order.
/// </param>
/// <param name="Description">One line on what was found.</param>
public sealed record ImageData(ImageSet Train, ImageSet Validation, string Hash, string Description) : IDisposable
{
    /// <summary>The images of some classes, as <see cref="ClassSelection"/> reads them.</summary>
    /// <param name="classes">The classes; null for all.</param>
    /// <returns>This record where all are wanted; else one that owns the images from here on. Where it throws, they are disposed.</returns>
    /// <exception cref="Runs.ZfDeclException">ZF1170, ZF1171: they cannot be selected.</exception>
    public ImageData Only(string? classes)
    {
        if (classes is null)
            return this;
        try
        {
            return ClassSelection.Of(this, classes);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Disposes both sets.</summary>
    public void Dispose()
    {
        Train.Dispose();
        Validation.Dispose();
    }
}
