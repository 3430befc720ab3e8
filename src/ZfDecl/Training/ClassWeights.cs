using ZfDecl.Data.Sets;
using ZfDecl.Networks.Recipes;

namespace ZfDecl.Training;

/// <summary>What an image of each class weighs in the loss of a minibatch, which is the weighted mean of its images' losses.</summary>
internal static class ClassWeights
{
    /// <summary>The weights that a recipe asks for.</summary>
    /// <param name="weighting">Which.</param>
    /// <param name="images">The training images.</param>
    /// <returns>For <see cref="ClassWeighting.Balanced"/> n / (classes · n of the class) each, 0 for a class without images; null where each image weighs alike.</returns>
    public static float[]? Of(ClassWeighting weighting, ImageSet images)
    {
        if (weighting == ClassWeighting.None)
            return null;
        var counts = new int[images.Classes.Count];
        for (var image = 0; image < images.Count; image++)
            counts[images.Label(image)]++;
        var present = counts.Count(count => count > 0);
        return Array.ConvertAll(counts, count => count == 0 ? 0 : (float)((double)images.Count / present / count));
    }
}
