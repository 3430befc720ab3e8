using ZfDecl.Data.Sets;
using ZfDecl.Messages;

namespace ZfDecl.Data.Layouts;

/// <summary>One way in which the images of a data set lie on disk. <see cref="DataLayouts.All"/> lists them.</summary>
internal abstract class DataLayout
{
    /// <summary>What such a folder holds, for the error on one that holds no data: <c>the IDX files of MNIST</c>; null where another layout's words say it.</summary>
    public virtual string? Holds => null;

    /// <summary>Whether a path is of this layout, by the names of files and folders alone. False where nothing is there.</summary>
    /// <param name="path">What the user has named: a folder, a file or a word.</param>
    public abstract bool Recognises(string path);

    /// <summary>The published data set that a path of this layout holds, by names alone; null for none.</summary>
    /// <param name="path">A path that it recognises.</param>
    public virtual KnownDataSet? Known(string path) => null;

    /// <summary>Whether a path of this layout holds IDX files, whose images are all of one size.</summary>
    /// <param name="path">A path that it recognises.</param>
    public virtual bool HoldsIdx(string path) => false;

    /// <summary>Opens the images. Every damage that can be seen without decoding all pixels is found here.</summary>
    /// <param name="path">A path that it recognises.</param>
    /// <param name="request">What is wanted of the data.</param>
    /// <returns>The data; the caller disposes it. Images that are read slowly are not cached, and a holdout of the user's is not yet taken of data with validation images of its own.</returns>
    /// <exception cref="ZfDeclException">The data is damaged beyond the limits (ZF11xx).</exception>
    public abstract ImageData Open(string path, DataRequest request);
}
