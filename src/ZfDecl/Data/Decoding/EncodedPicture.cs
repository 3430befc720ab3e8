using SkiaSharp;
using ZfDecl.Files;
using ZfDecl.Networks;
using ZfDecl.Networks.Recipes;

namespace ZfDecl.Data.Decoding;

/// <summary>A picture file whose header has been read: how large it is, how it is to be turned, and at what size it is best decoded.</summary>
internal abstract class EncodedPicture : IDisposable
{
    /// <summary>The most bytes of a file: 100 megapixels of four channels with 16 bits, and something more.</summary>
    private const long LargestFile = 1 << 30;
    private const long LargestPixels = 100_000_000;

    /// <summary>Its size, in the file's order of sides.</summary>
    public abstract SKSizeI Size { get; }

    /// <summary>How the camera was held.</summary>
    public abstract SKEncodedOrigin Origin { get; }

    /// <summary>Whether nothing of it is transparent.</summary>
    public abstract bool IsOpaque { get; }

    /// <summary>Its size, held upright.</summary>
    public (int Width, int Height) UprightSize => Origin.Upright(Size);

    /// <summary>Opens a file and reads its header.</summary>
    /// <param name="file">The file.</param>
    /// <param name="picture">The picture, which the caller disposes; null where something is wrong.</param>
    /// <returns>What is wrong with the file as far as its header tells; null where nothing is.</returns>
    public static ImageProblem? Open(ImageFile file, out EncodedPicture? picture)
    {
        picture = null;
        if (file.Content is null && !File.Exists(file.Path))
            return new("ZF1135", Directory.Exists(file.Path) ? "it is a folder, where a picture is named" : file.Path.Contains('\\', StringComparison.Ordinal) && Path.DirectorySeparatorChar != '\\' ? "there is no such file; use / between folders, not \\" : "there is no such file");
        try
        {
            // A pipe or a device would be waited for, or read without end.
            var length = file.Offset is null && file.Content is null ? RegularFile.Length(file.Path) : file.Length;
            if (length == 0)
                return new("ZF1130", "it has no length: it is empty or no file");
            if (length > LargestFile)
                return new("ZF1131", $"it has {length >> 20} MiB, more than {LargestFile >> 20} MiB: scale it down");
            var start = file.ReadStart(PictureKind.StartLength);
            var kind = PictureKinds.Of(start, file.Name) ?? PictureKinds.Called(file.Name);
            var problem = kind?.Reader switch
            {
                PictureReader.None => ImageProblem.OfKind(kind.Name),
                PictureReader.Tiff => SharpPicture.OpenTiff(file, out picture),
                PictureReader.Tga => SharpPicture.OpenTga(file, out picture),
                PictureReader.Pnm => PnmPicture.OpenPnm(file, out picture),
                _ => SkiaPicture.OpenSkia(file, out picture),
            };
            if (problem is null && (long)picture!.Size.Width * picture.Size.Height > LargestPixels)
                problem = new("ZF1131", $"it has {picture.Size.Width}×{picture.Size.Height} pixels, more than {LargestPixels / 1_000_000} megapixels: scale it down");
            if (problem is not null && kind?.Reader != PictureReader.None && OtherContent.Of(start) is { } other)
                problem = new("ZF1130", other);
            if (problem is not null)
            {
                picture?.Dispose();
                picture = null;
            }
            return problem;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new("ZF1130", Dangling(file) ?? $"it cannot be read: {failure.Message.TrimEnd('.')}");
        }
    }

    /// <summary>The size to decode at, in the file's order of sides: smaller than the picture where the codec can, but never smaller than what is kept.</summary>
    public virtual SKSizeI DecodedSize(FeatureShape target, Fitting fitting) => Size;

    /// <summary>How the picture, decoded and turned upright, becomes what is kept.</summary>
    public ImageFit Fit(SKSizeI decoded, FeatureShape target, Resizing resizing)
    {
        var (across, down) = Shrunk(decoded);
        if (Origin.SwapsSides())
            (across, down) = (down, across);
        var (seen, size) = (UprightSize, Origin.Upright(decoded));
        return ImageFit.Of(new(seen.Width, size.Width, across, Origin.ReversesColumns()), new(seen.Height, size.Height, down, Origin.ReversesRows()), target, resizing);
    }

    /// <summary>Decodes just some rows, where the codec can and the picture is upright.</summary>
    /// <param name="size">As of <see cref="DecodedSize"/>.</param>
    /// <param name="first">The first row.</param>
    /// <param name="rgba">Filled with rows of RGBA, opaque.</param>
    /// <param name="finding">What was not decoded; null where all was.</param>
    /// <returns>Whether it can.</returns>
    public virtual bool TryDecodeRows(SKSizeI size, int first, Span<byte> rgba, out string? finding)
    {
        finding = null;
        return false;
    }

    /// <summary>Decodes the whole picture.</summary>
    /// <param name="size">As of <see cref="DecodedSize"/>.</param>
    /// <param name="rgba">Filled with [height, width, 4], colours multiplied by their opacity. What could not be decoded is transparent.</param>
    /// <returns>Why a part could not be decoded; null where all was.</returns>
    public abstract string? Decode(SKSizeI size, Span<byte> rgba);

    /// <summary>Frees the codec.</summary>
    public abstract void Dispose();

    /// <summary>By how much a picture that was decoded at a size is smaller, along each side in the file.</summary>
    protected virtual (double Across, double Down) Shrunk(SKSizeI decoded) => ((double)decoded.Width / Size.Width, (double)decoded.Height / Size.Height);

    /// <summary>What is wrong with a link that leads nowhere; null where it is none.</summary>
    protected static string? Dangling(ImageFile file) => file.Content is null && new FileInfo(file.Path).LinkTarget is { } target && !Path.Exists(Path.Combine(Path.GetDirectoryName(file.Path)!, target))
        ? $"it is a link that leads nowhere: there is no '{target}'" : null;
}
