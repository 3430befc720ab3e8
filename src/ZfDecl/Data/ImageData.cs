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
    /// <summary>Disposes both sets.</summary>
    public void Dispose()
    {
        Train.Dispose();
        Validation.Dispose();
    }
}
