using ZfDecl.Data;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;

namespace ZfDecl.Studies.Transfer;

/// <summary>
/// Draws the images of each fold: of each class up to <see cref="FewShotOptions.MostTestImages"/> to test on, and n others to train on. In a fold, all rows of the
/// table are tested on the same images, and a longer row's training images hold a shorter one's. All rows have the same classes: those with more
/// images than the longest row trains on.
/// </summary>
internal sealed class FewShotProtocol
{
    private const int NamesShown = 20;

    private readonly FewShotOptions options;
    private readonly int[][] images;            // of each class that takes part
    private readonly string[] classes;

    /// <summary>Decides which classes take part. Rows that more than half of the classes have too few images for are left out.</summary>
    /// <param name="set">The images.</param>
    /// <param name="leftOut">Images that nobody may draw.</param>
    /// <param name="options">The protocol.</param>
    /// <param name="log">Is told of the classes and rows that are left out.</param>
    /// <exception cref="ZfDeclException">ZF1420: a number is out of range; ZF1421: no row can be filled.</exception>
    public FewShotProtocol(ImageSet set, IReadOnlySet<int> leftOut, FewShotOptions options, IRunLog log)
    {
        if (options.PerClass.Count == 0 || options.PerClass.Min() < 1 || options.Folds < 1 || options.MostTestImages < 1)
            throw new ZfDeclException("ZF1420", $"images per class are {string.Join(", ", options.PerClass)}, folds {options.Folds}, test images {options.MostTestImages}: each must be at least 1");
        this.options = options;
        var all = Enumerable.Range(0, set.Count).Where(image => !leftOut.Contains(image)).ToLookup(set.Label);
        int[] counts = [.. Enumerable.Range(0, set.Classes.Count).Select(label => all[label].Count())];
        PerClass = [.. options.PerClass.Distinct().Order().Where(n => 2 * ThatFill(n) >= counts.Length && ThatFill(n) >= 2)];
        if (PerClass.Count == 0)
        {
            var median = counts.OrderDescending().ElementAt(Math.Max(1, (counts.Length - 1) / 2));
            throw new ZfDeclException("ZF1421", $"no row can be filled: at least half of the {counts.Length} classes need {options.PerClass.Min()} images to train on and one to test on"
                + (median >= 2 ? $"; `per-class={median - 1}` is possible" : "") + ", or choose the classes with `classes`");
        }
        foreach (var n in options.PerClass.Except(PerClass))
            log.Warn("ZF1422", $"the row of {n} images per class is left out: only {ThatFill(n)} of the {counts.Length} classes have as many and one to test on");
        string[] small = [.. counts.Index().Where(count => count.Item <= PerClass[^1]).Select(count => $"{set.Classes[count.Index]} ({count.Item})")];
        if (small.Length > 0)
            log.Warn("ZF1422", $"{small.Length} of the {counts.Length} classes are left out, because they have too few images for {PerClass[^1]} to train on and one to test on: "
                + $"{string.Join(", ", small.Take(NamesShown))}{(small.Length > NamesShown ? " …" : "")}; a smaller `per-class` lets them in");
        int[] labels = [.. counts.Index().Where(count => count.Item > PerClass[^1]).Select(count => count.Index)];
        classes = [.. labels.Select(label => set.Classes[label])];
        images = [.. labels.Select(label => all[label].ToArray())];

        int ThatFill(int n) => counts.Count(count => count > n);
    }

    /// <summary>The rows of the table that can be filled, ascending.</summary>
    public IReadOnlyList<int> PerClass { get; }

    /// <summary>The names of the classes that take part.</summary>
    public IReadOnlyList<string> Classes => classes;

    /// <summary>How often everything is done.</summary>
    public int Folds => options.Folds;

    /// <summary>Images that a fold is tested on.</summary>
    public int TestImages => images.Sum(TestImagesOf);

    /// <summary>The images that any fold trains or is tested on, ascending.</summary>
    public int[] Drawn() => [.. Enumerable.Range(1, Folds).Select(fold => Task(PerClass[^1], fold)).SelectMany(task => task.Train.Concat(task.Test)).Distinct().Order()];

    /// <summary>What is to be learned in one fold.</summary>
    /// <param name="perClass">One of <see cref="PerClass"/>.</param>
    /// <param name="fold">1 … <see cref="Folds"/>.</param>
    public FewShotTask Task(int perClass, int fold)
    {
        var (train, trainLabels, test, testLabels) = (new List<int>(), new List<int>(), new List<int>(), new List<int>());
        for (var label = 0; label < images.Length; label++)
        {
            var order = images[label].ToArray();
            new AugmentationRandom(options.Seed, fold, label).Shuffle(order);
            var aside = TestImagesOf(order);
            test.AddRange(order.AsSpan(0, aside));
            testLabels.AddRange(Enumerable.Repeat(label, aside));
            train.AddRange(order.AsSpan(aside, perClass));
            trainLabels.AddRange(Enumerable.Repeat(label, perClass));
        }
        var random = new AugmentationRandom(options.Seed, fold, -1);
        return new(perClass, fold, classes, [.. train], [.. trainLabels], [.. test], [.. testLabels], random.Next(int.MaxValue));
    }

    private int TestImagesOf(int[] ofClass) => Math.Min(options.MostTestImages, ofClass.Length - PerClass[^1]);
}
