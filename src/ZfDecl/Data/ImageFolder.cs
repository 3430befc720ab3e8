using ZfDecl.Networks;
using ZfDecl.Runs;

namespace ZfDecl.Data;

/// <summary>Opens a folder of images, whatever its kind: IDX files as Fashion-MNIST's, or one folder a class.</summary>
public static class ImageFolder
{
    /// <summary>How much memory decoded images may take where the caller says nothing: 1 GiB.</summary>
    public const long DefaultCache = 1L << 30;

    /// <summary>Opens a data folder. Every damage that can be seen without decoding all pixels is found here.</summary>
    /// <param name="folder">
    /// It holds either the four IDX files <c>train-images-idx3-ubyte</c>, <c>train-labels-idx1-ubyte</c>, <c>t10k-images-idx3-ubyte</c> and
    /// <c>t10k-labels-idx1-ubyte</c> (or with <c>.gz</c>), with the classes' names in <c>classes.txt</c>; or a folder a class; or <c>train</c> and
    /// one of <c>val</c>, <c>validation</c> and <c>test</c>, each with a folder a class.
    /// </param>
    /// <param name="input">The network's input: its channels, and the size of a crop.</param>
    /// <param name="recipe">Its <c>resize</c> decides the stored size.</param>
    /// <param name="seed">Decides which images validate where the folder has no split of its own.</param>
    /// <param name="log">Gets the warnings and the progress; it is called from several threads, one at a time.</param>
    /// <param name="cache">How many bytes of decoded images may be kept in memory.</param>
    /// <returns>The data; the caller disposes it.</returns>
    /// <exception cref="ZfDeclException">The folder is missing, of no known kind, or damaged beyond the limits (ZF11xx).</exception>
    public static ImageData Open(string folder, FeatureShape input, PreprocessRecipe recipe, int seed, IRunLog log, long cache = DefaultCache) =>
        throw new NotImplementedException();
}
