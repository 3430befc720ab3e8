using ZfDecl.Data.Folders;

namespace ZfDecl.Tests.Data;

/// <summary>Pictures as somebody names them on disk.</summary>
public sealed class NamedPicturesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public NamedPicturesTests()
    {
        foreach (var name in (string[])["img2.png", "img10.png", "note.txt", ".hidden.png", "deep/er/img1.jpg", "other/img3.png", "other/list.csv"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
            File.WriteAllText(folder[name], "whatever it holds");
        }
    }

    [Theory]
    [InlineData("img2.png", "img2.png")]
    [InlineData("note.txt", "note.txt")]                              // a file that is named itself is looked at, whatever it is
    [InlineData("", "deep/er/img1.jpg", "img2.png", "img10.png", "other/img3.png")]
    [InlineData("*.png", "img2.png", "img10.png")]
    [InlineData("img?.png", "img2.png")]
    [InlineData("*", "deep/er/img1.jpg", "img2.png", "img10.png", "other/img3.png")]
    [InlineData("*/*.png", "other/img3.png")]
    [InlineData("d*/er/img1.*", "deep/er/img1.jpg")]
    [InlineData("*.tiff")]
    [InlineData("nowhere/*.png")]
    public void AWordLeadsToThem(string word, params string[] names) =>
        Assert.Equal(names.Select(name => folder[name]), NamedPictures.Find(word.Length == 0 ? folder.Path : folder[word])!.Select(file => file.Name).Select(Path.GetFullPath));

    [Fact]
    public void WhatIsNothingOnDiskIsNone() => Assert.Null(NamedPictures.Find(folder["t10k[5]"]));

    [Fact]
    public void APatternMayBeginWhereOneStands() => Assert.NotEmpty(NamedPictures.Find(Path.Combine(Path.GetRelativePath(".", folder.Path), "im*"))!);

    public void Dispose() => folder.Dispose();
}
