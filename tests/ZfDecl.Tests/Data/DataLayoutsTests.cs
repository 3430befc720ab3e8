using ZfDecl.Data.Layouts;

namespace ZfDecl.Tests.Data;

public sealed class DataLayoutsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void EveryLayoutStandsInTheListOnce() => Assert.Equal(
        typeof(DataLayout).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(DataLayout))).Select(type => type.Name).Order(StringComparer.Ordinal),
        DataLayouts.All.Select(layout => layout.GetType().Name).Order(StringComparer.Ordinal));

    [Fact]
    public void NoLayoutRecognisesWhatIsNotThere()
    {
        Assert.Null(DataLayouts.Of(folder["nowhere"]));
        Assert.Null(DataLayouts.Of(folder["nowhere.csv"]));
    }

    [Fact]
    public void AFolderOfAKnownLayoutIsNotTakenForClassFolders()
    {
        foreach (var (file, layout) in new (string, Type)[] { ("cifar/train.bin", typeof(CifarFolder)), ("idx/train-labels-idx1-ubyte", typeof(IdxFolder)), ("101_ObjectCategories/cat/a", typeof(CaltechFolder)), ("other/cat/a", typeof(ClassFolders)) })
        {
            var root = folder[file.Split('/')[0]];
            foreach (var name in (string[])["cat", "dog", "elk"])
                Directory.CreateDirectory(Path.Combine(root, name));
            File.WriteAllText(folder[file], "");
            Assert.IsType(layout, DataLayouts.Of(root));
        }
    }

    [Fact]
    public void WhatAFolderMayHoldIsSaidWithTheMostGeneralFirst() => Assert.Equal(
        "a folder for each class with its pictures (<folder>/<class>/…, or <folder>/train/<class>/… and <folder>/val/<class>/…), "
        + "or the IDX files of MNIST (train-images-idx3-ubyte.gz …), or the files of CIFAR (data_batch_1.bin …, or data_batch_1 … for Python)",
        DataLayouts.Expected);

    public void Dispose() => folder.Dispose();
}
