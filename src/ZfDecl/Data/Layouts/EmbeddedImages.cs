using ZfDecl.Data.Formats;
using ZfDecl.Data.Sets;
using ZfDecl.Networks;

namespace ZfDecl.Data.Layouts;

/// <summary>
/// The built-in data set <c>fashion-mnist</c>, whose files lie in this assembly: of each of the ten classes of Fashion-MNIST the first 1,000 training images and the first 200 test images, 28×28, grey
/// (Xiao, Rasul and Vollgraf 2017). In the repository they are the files of <c>specs/data/fashion-mnist</c>.
/// </summary>
internal sealed class EmbeddedImages : DataLayout
{
    /// <summary>The name under which they are opened.</summary>
    public const string Name = "fashion-mnist";

    /// <inheritdoc/>
    public override bool Recognises(string path) => path == Name;

    /// <inheritdoc/>
    public override bool HoldsIdx(string path) => true;

    /// <inheritdoc/>
    public override ImageData Open(string path, DataRequest request)
    {
        IdxFile[] files = [Read("train-images-idx3-ubyte.gz", 3), Read("train-labels-idx1-ubyte.gz", 1), Read("t10k-images-idx3-ubyte.gz", 3), Read("t10k-labels-idx1-ubyte.gz", 1)];
        using var names = new StreamReader(Resource("classes.txt"));
        var classes = names.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new(Set(0, IdxNames.Train), Set(2, IdxNames.Test), IdxFolder.HashOf(files),
            $"embedded images of Fashion-MNIST: {files[0].Sizes[0]} training images, {files[2].Sizes[0]} validation images of 1×28×28, {classes.Length} classes")
        {
            TestValidates = true,
            Numbered = classes,
        };

        MemoryImageSet Set(int first, string part) =>
            new(files[first].Values, new FeatureShape(1, files[first].Sizes[1], files[first].Sizes[2]), files[first + 1].Values, classes, request.Decoded, index => $"{part}[{index}]") { Resizing = request.Resizing };
    }

    private static IdxFile Read(string name, int rank) => IdxFile.Read(Resource(name), name, rank);

    private static Stream Resource(string name) => typeof(EmbeddedImages).Assembly.GetManifestResourceStream($"ZfDecl.Data.{Name}.{name}")!;
}
