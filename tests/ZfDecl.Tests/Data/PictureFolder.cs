using ZfDecl.Data.Sets;

namespace ZfDecl.Tests.Data;

/// <summary>Folders of small pictures.</summary>
internal static class PictureFolder
{
    private static readonly byte[] Picture = Pictures.Png(4, 4, Pictures.Noise);

    /// <summary>A folder with a picture of 4×4 under each name; a name that ends in a slash is an empty folder.</summary>
    public static TemporaryFolder Of(params IEnumerable<string> names)
    {
        var folder = new TemporaryFolder();
        foreach (var name in names)
        {
            if (name.EndsWith('/'))
                Directory.CreateDirectory(folder[name]);
            else
                File.WriteAllBytes(folder[name], Picture);
        }
        return folder;
    }

    /// <summary>Names of pictures in a folder: <c>a/0.png</c>, <c>a/1.png</c> …</summary>
    public static IEnumerable<string> Many(string folder, int count) => Enumerable.Range(0, count).Select(i => $"{folder}/{i}.png");

    /// <summary>The names of the images of a set.</summary>
    public static string[] Names(ImageSet set) => [.. Enumerable.Range(0, set.Count).Select(set.NameOf)];

    /// <summary>How many images a set has of each class.</summary>
    public static int[] Counts(ImageSet set) => [.. Enumerable.Range(0, set.Classes.Count).Select(label => Enumerable.Range(0, set.Count).Count(image => set.Label(image) == label))];
}
