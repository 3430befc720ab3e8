using ZfDecl.Messages;

namespace ZfDecl.Data.Sets;

/// <summary>What was found in a data folder: images to train on, images to validate with, and maybe images that are held out.</summary>
/// <param name="Train">The training images; owned by this record.</param>
/// <param name="Validation">The validation images, of the same classes and shape; owned by this record.</param>
/// <param name="Hash">
/// SHA-256 as lowercase hex. For IDX files it covers the pixels and labels, for class folders the split, path and length of each image file:
/// equal hashes mean the same data in the same order. The test images and the order of the classes are not in it.
/// </param>
/// <param name="Description">One line on what was found.</param>
public sealed record ImageData(ImageSet Train, ImageSet Validation, string Hash, string Description) : IDisposable
{
    /// <summary>
    /// The images that are held out, of the same classes and shape; owned by this record. Nothing is trained, chosen or normalised by them. Null where there are none.
    /// </summary>
    public ImageSet? Test { get; init; }

    /// <summary>The images that are held out, where one wants to measure them.</summary>
    /// <exception cref="ZfDeclException">ZF1165: there are none.</exception>
    public ImageSet HeldOut => Test is { Count: > 0 } test ? test : throw new ZfDeclException("ZF1165", TestValidates
        ? "the test images of this data set are its validation images, which choose the epoch, so none are held out; train with `holdout=0.1`, which takes the validation images from the training images, or measure these with `split=validation`"
        : "this data has no test images that are held out; put them into a folder test/ beside train/, as class folders, or into rows of the list whose split is test, or train with `holdout=0.1` where it has validation images of its own");

    /// <summary>Whether the validation images are the published test images, so that these also choose the epoch.</summary>
    public bool TestValidates { get; init; }

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

    /// <summary>Whether the validation images were taken from the training images.</summary>
    internal bool ValidatesOfTrain { get; init; }

    /// <summary>Whether the order of the classes is that of their names, and not one that the data says.</summary>
    internal bool IsSortedByName { get; init; }

    /// <summary>The same images, labelled in the order in which a run has their classes. Earlier versions sorted names as texts: 0, 1, 10, 2.</summary>
    /// <param name="classes">The names of the classes, in the order of the run's outputs.</param>
    /// <returns>This record where the order is the same or the data's own, or where the classes are others; else one that owns the images from here on, with the same hash.</returns>
    public ImageData InOrderOf(IReadOnlyList<string> classes)
    {
        string[] keys = [.. Train.Classes.Select(ClassName.Key)], wanted = [.. classes.Select(ClassName.Key)];
        if (!IsSortedByName || keys.SequenceEqual(wanted) || !keys.Order(StringComparer.Ordinal).SequenceEqual(wanted.Order(StringComparer.Ordinal)))
            return this;
        int[] labels = Array.ConvertAll(keys, key => Array.IndexOf(wanted, key));
        return this with { Train = Relabelled(Train), Validation = Relabelled(Validation), Test = Test is { } test ? Relabelled(test) : null };

        SubsetImageSet Relabelled(ImageSet set) => new(set, [.. Enumerable.Range(0, set.Count)], label => labels[label], [.. wanted.Select(key => Train.Classes[Array.IndexOf(keys, key)])]);
    }

    /// <summary>The images of some classes, as <see cref="ClassSelection"/> reads them.</summary>
    /// <param name="classes">The classes; null for all that are categories.</param>
    /// <param name="several">Whether images that hold objects of several classes will do.</param>
    /// <returns>This record where all are wanted and are; else one that owns the images from here on. Where it throws, they are disposed.</returns>
    /// <exception cref="ZfDeclException">ZF1170, ZF1171: they cannot be selected; ZF1193: images hold objects of several classes, and that will not do.</exception>
    public ImageData Only(string? classes, bool several = false)
    {
        if (classes is null && Background.Count == 0 && (Objects is null || several))
            return this;
        try
        {
            if (Objects is { } objects)
            {
                return several ? this with { Objects = objects.Only(classes!), Hash = ClassSelection.Hash(Hash, [classes!]), Description = $"{Description}; of these {classes}" } : throw new ZfDeclException("ZF1193",
                    "an image of PASCAL VOC may hold objects of several classes, so it has no class to train on or to be right about; `transfer` measures a network on it by average precision, "
                    + "`visualize`, `project`, `occlude`, `evolve` and `diagnose` look at it");
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
    /// <param name="names">The run's classes; those that are gone are left out, and where all are, this record is returned.</param>
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
        mapping.IsIdentity ? this : this with
        {
            Train = new RelabelledImageSet(Train, mapping),
            Validation = new RelabelledImageSet(Validation, mapping),
            Test = Test is { } test ? new RelabelledImageSet(test, mapping) : null,
        };

    /// <summary>The same images under the labels of a network that was trained on them.</summary>
    /// <param name="known">The names of the network's classes, in the order of its outputs.</param>
    /// <returns>As of <see cref="LabelledBy"/>.</returns>
    public ImageData LabelledFor(IReadOnlyList<string> known) => LabelledBy(MapTo(known));

    /// <summary>Disposes all sets.</summary>
    public void Dispose()
    {
        Train.Dispose();
        Validation.Dispose();
        Test?.Dispose();
    }
}
