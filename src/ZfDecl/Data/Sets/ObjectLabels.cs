using ZfDecl.Messages;

namespace ZfDecl.Data.Sets;

/// <summary>Which objects are in the images of a data set where one may hold several.</summary>
/// <param name="Classes">The names of the classes.</param>
/// <param name="Train">Of each training image, whether it holds each class.</param>
/// <param name="Validation">The same of each validation image.</param>
public sealed record ObjectLabels(IReadOnlyList<string> Classes, IReadOnlyList<Presence[]> Train, IReadOnlyList<Presence[]> Validation)
{
    /// <summary>The same images, of which only some classes matter.</summary>
    /// <param name="classes">As of <see cref="ClassSelection.Parse"/>.</param>
    /// <exception cref="ZfDeclException">ZF1170: a word names no class, or fewer than two classes are selected.</exception>
    public ObjectLabels Only(string classes)
    {
        var selected = ClassSelection.Parse(classes, Classes);
        return new([.. selected.Select(label => Classes[label])], Of(Train), Of(Validation));

        IReadOnlyList<Presence[]> Of(IReadOnlyList<Presence[]> images) => [.. images.Select(image => selected.Select(label => image[label]).ToArray())];
    }
}
