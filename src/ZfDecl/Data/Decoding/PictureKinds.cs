using static ZfDecl.Data.Decoding.PictureReader;

namespace ZfDecl.Data.Decoding;

/// <summary>The kinds of picture files that are known: those that are read, and those that are named because they are not.</summary>
internal static class PictureKinds
{
    // Of what lies beside pictures: such files are not looked into.
    private static readonly string[] OtherEndings =
        [".txt", ".csv", ".tsv", ".json", ".jsonl", ".xml", ".yaml", ".yml", ".toml", ".ini", ".md", ".html", ".htm", ".log", ".db", ".sqlite", ".py", ".ipynb", ".mat", ".pkl", ".npz", ".h5", ".parquet", ".zip", ".gz", ".tgz", ".tar", ".7z", ".rar", ".mp4", ".avi", ".mov"];

    private const string Box = "\0\0\0\x0C", Brand = "····ftyp";

    /// <summary>All of them; the first that a file matches is its kind, so that a narrower one comes before what it resembles.</summary>
    public static IReadOnlyList<PictureKind> All { get; } =
    [
        new("PNG", Skia, [".png", ".apng"], "\x89PNG\r\n\x1A\n"),
        new("JPEG-LS", None, [".jls"], "\xFF\xD8\xFF\xF7"),
        new("JPEG", Skia, [".jpg", ".jpeg", ".jpe", ".jfif", ".jfi", ".jif", ".pjpeg", ".pjp"], "\xFF\xD8\xFF"),
        new("WebP", Skia, [".webp"], "RIFF····WEBP"),
        new("GIF", Skia, [".gif"], "GIF87a", "GIF89a"),
        new("BMP", Skia, [".bmp", ".dib"], "BM····\0\0\0\0"),
        new("camera raw", None, [".nef", ".cr2", ".cr3", ".crw", ".arw", ".dng", ".orf", ".rw2", ".raf", ".pef", ".srw", ".nrw", ".sr2", ".x3f", ".3fr", ".erf", ".kdc", ".mrw"],
            "II*\0", "MM\0*", "IIRO", "IIRS", "IIU\0", Brand + "crx ", "FUJIFILMCCD-RAW", "FOVb", "II\x1A\0\0\0HEAPCCDR", "\0MRM") { NeedsEnding = true },
        new("camera raw", None, [], "II*\0····CR\x02", "IIRO", "IIRS", "IIU\0\x18", Brand + "crx ", "FUJIFILMCCD-RAW", "II\x1A\0\0\0HEAPCCDR"),
        new("BigTIFF", None, [".btf", ".tf8"], "II+\0\x08\0", "MM\0+\0\x08"),
        new("TIFF", Tiff, [".tif", ".tiff"], "II*\0", "MM\0*"),
        new("PNM", Pnm, [".ppm", ".pgm", ".pbm", ".pnm"], [.. "123456".SelectMany(digit => " \t\r\n#".Select(space => $"P{digit}{space}"))]),
        new("PAM", None, [".pam"], "P7\n"),
        new("PFM", None, [".pfm"], "PF\n", "Pf\n"),
        new("HEIC", None, [".heic", ".heif", ".hif"], [.. ((string[])["heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1"]).Select(brand => Brand + brand)]),
        new("AVIF", None, [".avif", ".avifs"], Brand + "avif", Brand + "avis"),
        new("JPEG XL", None, [".jxl"], "\xFF\x0A", Box + "JXL \r\n\x87\n") { NeedsEnding = true },
        new("JPEG XL", None, [], Box + "JXL \r\n\x87\n"),
        new("JPEG 2000", None, [".jp2", ".j2k", ".jpf", ".jpx", ".jpm", ".j2c", ".jpc"], Box + "jP  \r\n\x87\n", "\xFF\x4F\xFF\x51"),
        new("JPEG XR", None, [".jxr", ".wdp", ".hdp"], "II\xBC\x01"),
        new("Photoshop", None, [".psd", ".psb"], "8BPS\0"),
        new("GIMP", None, [".xcf"], "gimp xcf "),
        new("SVG", None, [".svg", ".svgz"], "<svg", "\xEF\xBB\xBF<svg"),
        new("OpenEXR", None, [".exr"], "\x76\x2F\x31\x01"),
        new("Radiance HDR", None, [".hdr", ".rgbe"], "#?RADIANCE", "#?RGBE"),
        new("DICOM", None, [".dcm", ".dicom"], new string(PictureKind.AnyByte, 128) + "DICM"),
        new("NIfTI", None, [".nii"], new string(PictureKind.AnyByte, 344) + "n+1\0"),
        new("FITS", None, [".fits", ".fit", ".fts"], "SIMPLE  ="),
        new("icon", None, [".ico", ".cur"], "\0\0\x01\0", "\0\0\x02\0") { NeedsEnding = true },
        new("icon", None, [".icns"], "icns"),
        new("DDS", None, [".dds"], "DDS \x7C\0\0\0"),
        new("QOI", None, [".qoi"], "qoif"),
        new("DjVu", None, [".djvu", ".djv"], "AT&TFORM"),
        new("PDF", None, [".pdf"], "%PDF-"),
        new("EPS", None, [".eps", ".ps", ".ai"], "%!PS-Adobe", "\xC5\xD0\xD3\xC6"),
        new("PCX", None, [".pcx"], "\x0A\x05\x01", "\x0A\x02\x01", "\x0A\x03\x01") { NeedsEnding = true },
        new("SGI", None, [".sgi", ".rgb", ".rgba", ".bw"], "\x01\xDA\0", "\x01\xDA\x01"),
        new("Sun raster", None, [".ras", ".sun"], "\x59\xA6\x6A\x95"),
        new("XPM", None, [".xpm"], "/* XPM */"),
        new("XBM", None, [".xbm"], "#define") { NeedsEnding = true },
        new("Windows metafile", None, [".wmf", ".emf"], "\xD7\xCD\xC6\x9A", "\x01\0\0\0" + "····································" + " EMF"),
        new("MNG", None, [".mng", ".jng"], "\x8AMNG\r\n", "\x8BJNG\r\n"),
        new("DPX", None, [".dpx", ".cin"], "SDPX", "XPDS", "\x80\x2A\x5F\xD7"),
        new("BPG", None, [".bpg"], "BPG\xFB"),
        new("FLIF", None, [".flif"], "FLIF"),
        new("IFF", None, [".iff", ".lbm", ".ilbm"], "FORM····ILBM", "FORM····PBM "),
        new("NumPy array", None, [".npy"], "\x93NUMPY"),
        // Of those the first byte is the length of a text: none is a signature of its own.
        new("TGA", Tga, [".tga", ".targa", ".icb", ".vda", ".vst"],
            [.. from map in "\0\x01" from type in "\x01\x02\x03\x09\x0A\x0B" where map == '\x01' || type is not ('\x01' or '\x09') select $"·{map}{type}"]) { NeedsEnding = true },
    ];

    /// <summary>The kind of a file by its content; null where it begins as none does.</summary>
    /// <param name="start">Its first <see cref="PictureKind.StartLength"/> bytes, or all.</param>
    /// <param name="name">Its name.</param>
    public static PictureKind? Of(ReadOnlySpan<byte> start, string name)
    {
        foreach (var kind in All)
        {
            if (kind.Matches(start, name))
                return kind;
        }
        return null;
    }

    /// <summary>The kind that a file's name says it is; null where it says none.</summary>
    public static PictureKind? Called(string name) => All.FirstOrDefault(kind => kind.IsEndingOf(name));

    /// <summary>Whether a file looks like a picture: its name says so, or else its content. A file that cannot be read does not.</summary>
    public static bool IsPicture(ImageFile file)
    {
        if (Called(file.Name) is not null)
            return true;
        if (OtherEndings.Contains(Path.GetExtension(file.Name), StringComparer.OrdinalIgnoreCase))
            return false;
        try
        {
            // What is no regular file, such as a pipe, has no length: it would be waited for.
            return file.Length > 0 && Of(file.ReadStart(PictureKind.StartLength), file.Name) is not null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
