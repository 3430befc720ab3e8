namespace ZfDecl.Studies.Transfer;

/// <summary>What a method has to learn in one fold, and what it is tested on: indices into the set of images.</summary>
/// <param name="PerClass">Training images of each class.</param>
/// <param name="Fold">The fold, from 1.</param>
/// <param name="Classes">The names of the classes.</param>
/// <param name="Train">The training images, class by class.</param>
/// <param name="TrainLabels">Their classes, 0 … <c>Classes.Count − 1</c>.</param>
/// <param name="Test">The test images, none of them in <paramref name="Train"/>.</param>
/// <param name="TestLabels">Their classes.</param>
/// <param name="Seed">Decides what is random in a method; another one in each fold.</param>
internal sealed record FewShotTask(
    int PerClass, int Fold, IReadOnlyList<string> Classes, int[] Train, int[] TrainLabels, int[] Test, int[] TestLabels, int Seed)
{
    /// <summary>The mean over the classes of the share of each class' test images that are recognised; 0 … 1.</summary>
    /// <param name="predicted">The class that each test image is taken for.</param>
    public double MeanPerClassAccuracy(IReadOnlyList<int> predicted)
    {
        var (right, all) = (new int[Classes.Count], new int[Classes.Count]);
        for (var i = 0; i < Test.Length; i++)
        {
            all[TestLabels[i]]++;
            right[TestLabels[i]] += predicted[i] == TestLabels[i] ? 1 : 0;
        }
        return right.Zip(all, (hits, images) => (double)hits / images).Average();
    }
}
