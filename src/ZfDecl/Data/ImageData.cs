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
    /// <summary>The published data set that it was recognised as; null for none.</summary>
    public KnownDataSet? Known { get; init; }

    /// <summary>Which objects are in the images, where one may hold several; null where each image is of one class.</summary>
    public ObjectLabels? Objects { get; init; }

    /// <summary>
    /// Where the files number their classes, as IDX and CIFAR do, what each is called, in that order: its number itself where they have no names. It stays whole
    /// where only some of them are kept. Null where classes have names alone.
    /// </summary>
    public IReadOnlyList<string>? Numbered { get; init; }

    /// <summary>Classes that are left out where nobody asks for them: what is no category.</summary>
    internal IReadOnlyList<string> Background { get; init; } = [];

    /// <summary>The images of some classes, as <see cref="ClassSelection"/> reads them.</summary>
    /// <param name="classes">The classes; null for all that are categories.</param>
    /// <param name="several">Whether images that hold objects of several classes will do.</param>
    /// <returns>This record where all are wanted and are; else one that owns the images from here on. Where it throws, they are disposed.</returns>
    /// <exception cref="Runs.ZfDeclException">ZF1170, ZF1171: they cannot be selected; ZF1193: images hold objects of several classes, and that will not do.</exception>
    public ImageData Only(string? classes, bool several = false)
    {
        if (classes is null && Background.Count == 0 && (Objects is null || several))
            return this;
        try
        {
            if (Objects is { } objects)
            {
                return several ? this with { Objects = objects.Only(classes!), Hash = ClassSelection.Hash(Hash, [classes!]), Description = $"{Description}; of these {classes}" } : throw new Runs.ZfDeclException("ZF1193",
                    "an image of PASCAL VOC may hold objects of several classes, so it has no class to train on or to be right about; -t:Transfer measures a network on it by average precision, "
                    + "-t:Visualize, Project, Occlude, Evolve and Diagnose look at it");
            }
            return classes is null ? ClassSelection.Without(this, Background) : ClassSelection.Of(this, classes);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The images of the classes that a run was trained on, in the run's order, whatever their order is by now.</summary>
    /// <param name="names">The run's classes; those that are gone are passed over, and where all are, this record is returned.</param>
    /// <returns>As of <see cref="Only(string?, bool)"/>, with the hash that the run's data had where they are the same.</returns>
    public ImageData OnlyNamed(IReadOnlyList<string> names)
    {
        try
        {
            return ClassSelection.Of(this, names);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Finds the classes among those of a network. An image that may hold objects of several is of none of them.</summary>
    /// <param name="known">The names of the network's classes, in the order of its outputs.</param>
    public ClassMapping MapTo(IReadOnlyList<string> known) => Objects is null ? ClassMapping.Of(Train.Classes, known, Numbered) : ClassMapping.None(Train.Classes, known);

    /// <summary>The same images under the labels of a network: a label is its output, and <see cref="ImageSet.Classes"/> are its classes.</summary>
    /// <param name="mapping">As of <see cref="MapTo"/>.</param>
    /// <returns>This record where nothing changes; else one that owns the images from here on.</returns>
    public ImageData LabelledBy(ClassMapping mapping) =>
        mapping.IsIdentity ? this : this with { Train = new RelabelledImageSet(Train, mapping), Validation = new RelabelledImageSet(Validation, mapping) };

    /// <summary>The same images under the labels of a network that was trained on them.</summary>
    /// <param name="known">The names of the network's classes, in the order of its outputs.</param>
    /// <returns>As of <see cref="LabelledBy"/>.</returns>
    public ImageData LabelledFor(IReadOnlyList<string> known) => LabelledBy(MapTo(known));

    /// <summary>Disposes both sets.</summary>
    public void Dispose()
    {
        Train.Dispose();
        Validation.Dispose();
    }
}
