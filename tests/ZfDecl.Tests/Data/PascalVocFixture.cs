namespace ZfDecl.Tests.Data;

/// <summary>A small PASCAL VOC: eight training and eight validation images with cats, dogs and people; a part can be changed or taken away.</summary>
internal sealed class PascalVocFixture : IDisposable
{
    public static readonly string[] Classes = ["cat", "dog", "person"];
    private static readonly byte[] Picture = Pictures.Jpeg(4, 4, Pictures.Noise);
    private readonly TemporaryFolder folder = new();

    /// <param name="root">The folder within the temporary one.</param>
    /// <param name="parts">The two parts.</param>
    public PascalVocFixture(string root = "VOCdevkit/VOC2012", params string[] parts)
    {
        Root = root;
        foreach (var (place, part) in (parts.Length > 0 ? parts : ["train", "val"]).Index())
        {
            string[] images = [.. Enumerable.Range(0, 8).Select(i => $"2008_{8 * place + i:000000}")];
            foreach (var image in images)
                File.WriteAllBytes(this[$"JPEGImages/{image}.jpg"], Picture);
            File.WriteAllLines(this[$"ImageSets/Main/{part}.txt"], images);
            foreach (var (number, name) in Classes.Index())
                File.WriteAllLines(this[$"ImageSets/Main/{name}_{part}.txt"], images.Select((image, i) => $"{image} {Label(number, i),2}"));
        }
    }

    /// <summary>All of it.</summary>
    public TemporaryFolder Folder => folder;

    public string Path => folder.Path;

    public string Root { get; }

    public string this[string inside] => folder[Root, inside];

    public void Dispose() => folder.Dispose();

    /// <summary>Cats are in 0, 3, 6; dogs in 1, 4, 7 and hard to see in 0; people in 0, 1, 2, 3; 5 is empty.</summary>
    private static int Label(int number, int image) => number switch
    {
        0 => image % 3 == 0 ? 1 : -1,
        1 => image == 0 ? 0 : image % 3 == 1 ? 1 : -1,
        _ => image < 4 ? 1 : -1,
    };
}
