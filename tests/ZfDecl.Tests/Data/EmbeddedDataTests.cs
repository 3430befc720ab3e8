using ZfDecl.Data.Layouts;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Tests.Data;

public class EmbeddedDataTests
{
    private static readonly FeatureShape Input = new(1, 28, 28);

    [Fact]
    public void TheEmbeddedPartHoldsAsManyImagesOfEachClass()
    {
        using var data = Open(Embedded);
        Assert.Equal(["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"], data.Train.Classes);
        Assert.Equal(Enumerable.Repeat(1000, 10), CountsOf(data.Train));
        Assert.Equal(Enumerable.Repeat(200, 10), CountsOf(data.Validation));
    }

    [Fact]
    public void TheSetThatIsBuiltInIsTheSameImagesUnderItsName()
    {
        using var part = Open(Embedded);
        using var builtIn = Open("fashion-mnist");
        Assert.Equal(part.Hash, builtIn.Hash);
        Assert.Equal(part.Validation.Classes, builtIn.Validation.Classes);
        Assert.Equal(part.Train.Read(17), builtIn.Train.Read(17));
        Assert.Equal((part.Train.Label(17), part.Train.NameOf(17)), (builtIn.Train.Label(17), builtIn.Train.NameOf(17)));
        Assert.Contains("fashion-mnist", ImageFolder.BuiltIn);
    }

    [FullFashionMnistFact]
    public void TheEmbeddedPartIsTheFirstThousandOfEachClassOfTheFullSet()
    {
        using var part = Open(Embedded);
        using var full = Open(FullFashionMnistFactAttribute.Folder);
        AssertIsTheFirstOfEachClass(full.Train, part.Train, 1000);
        AssertIsTheFirstOfEachClass(full.Validation, part.Validation, 200);
    }

    private static string Embedded => Repository.PathOf("specs", "data", "fashion-mnist");

    private static ImageData Open(string folder) => ImageFolder.Open(folder, new(Input, Recipes.Plain, 0, new SilentLog()));

    private static IEnumerable<int> CountsOf(ImageSet set) =>
        Enumerable.Range(0, set.Count).CountBy(set.Label).OrderBy(pair => pair.Key).Select(pair => pair.Value);

    private static void AssertIsTheFirstOfEachClass(ImageSet full, ImageSet part, int each)
    {
        var seen = new int[10];
        var selected = Enumerable.Range(0, full.Count).Where(index => seen[full.Label(index)]++ < each).ToArray();
        Assert.Equal(selected.Length, part.Count);
        var (expected, found) = (new byte[784], new byte[784]);
        for (var i = 0; i < selected.Length; i++)
        {
            full.Read(selected[i], expected);
            part.Read(i, found);
            Assert.True(expected.AsSpan().SequenceEqual(found) && full.Label(selected[i]) == part.Label(i),
                $"image {i} is not number {selected[i]} of the full set");
        }
    }
}
