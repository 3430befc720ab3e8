using ZfDecl.Data.Sets;
using ZfDecl.Messages;

namespace ZfDecl.Studies.Objects;

/// <summary>Which objects are to be found, and in which images: indices into the training and validation images of a data set together.</summary>
/// <param name="Classes">The classes.</param>
/// <param name="Train">The images to learn from.</param>
/// <param name="TrainLabels">Whether each holds each class.</param>
/// <param name="Test">The images to find objects in.</param>
/// <param name="TestLabels">Whether each holds each class.</param>
internal sealed record ObjectTask(IReadOnlyList<string> Classes, int[] Train, Presence[][] TrainLabels, int[] Test, Presence[][] TestLabels)
{
    /// <summary>The task of a data set. A class that cannot be learned or measured is left out, and named.</summary>
    /// <param name="objects">What is in its images.</param>
    /// <param name="leftOut">Images that take no part.</param>
    /// <param name="log">Is told of the classes that are left out.</param>
    /// <exception cref="ZfDeclException">ZF1427: no class is left.</exception>
    public static ObjectTask Of(ObjectLabels objects, IReadOnlySet<int> leftOut, IRunLog log)
    {
        int[] train = [.. Enumerable.Range(0, objects.Train.Count).Where(image => !leftOut.Contains(image))];
        int[] test = [.. Enumerable.Range(objects.Train.Count, objects.Validation.Count).Where(image => !leftOut.Contains(image))];
        Presence[][] trainLabels = [.. train.Select(image => objects.Train[image])];
        Presence[][] testLabels = [.. test.Select(image => objects.Validation[image - objects.Train.Count])];
        int[] kept = [.. Enumerable.Range(0, objects.Classes.Count).Where(label => Both(trainLabels, label) && Both(testLabels, label))];
        string[] lost = [.. objects.Classes.Index().Where(name => !kept.Contains(name.Index)).Select(name => name.Item)];
        if (kept.Length == 0)
            throw new ZfDeclException("ZF1427", "no class is left: each needs images that hold it and images that do not, among those to train on as well as among those to test on; look at the lists, and at `classes` and `overlap`");
        if (lost.Length > 0)
            log.Warn("ZF1428", $"{lost.Length} of the {objects.Classes.Count} classes are left out, because not both images that hold them and images that do not are there to train on and to test on: {string.Join(", ", lost)}");
        return new([.. kept.Select(label => objects.Classes[label])], train, Of(trainLabels), test, Of(testLabels));

        Presence[][] Of(Presence[][] labels) => Array.ConvertAll(labels, image => Array.ConvertAll(kept, label => image[label]));
    }

    private static bool Both(Presence[][] labels, int label) => labels.Any(image => image[label] == Presence.Present) && labels.Any(image => image[label] == Presence.Absent);
}
