using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Tga;
using SixLabors.ImageSharp.Formats.Tiff;
using SixLabors.ImageSharp.Memory;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.PixelFormats;
using SkiaSharp;

namespace ZfDecl.Data.Decoding;

/// <summary>A picture that ImageSharp decodes: the first page of a TIFF file, or a TGA file, each by the one decoder of its kind.</summary>
/// <remarks>
/// A header is checked before ImageSharp sees the file, the link from the first page to the next is cut, and a decoder is given so much memory and time and no more. What
/// it throws on damage leaves the picture blank. It is managed code and runs in this process: see docs/data.md for what was tried.
/// </remarks>
internal sealed class SharpPicture : EncodedPicture
{
    // 100 megapixels, decoded, with something more.
    private const int LargestBuffer = 512;     // MiB

    private static readonly TimeSpan LongestDecoding = TimeSpan.FromSeconds(60);
    private static readonly Configuration Limits = new() { MaxDegreeOfParallelism = 1, MemoryAllocator = MemoryAllocator.Create(new() { AllocationLimitMegabytes = LargestBuffer }) };

    private readonly ImageFile file;
    private readonly IImageDecoder decoder;
    private readonly long? nextPage;

    private SharpPicture(ImageFile file, IImageDecoder decoder, SKSizeI size, SKEncodedOrigin origin, bool isOpaque, long? nextPage) =>
        (this.file, this.decoder, Size, Origin, IsOpaque, this.nextPage) = (file, decoder, size, origin, isOpaque, nextPage);

    /// <inheritdoc/>
    public override SKSizeI Size { get; }

    /// <inheritdoc/>
    public override SKEncodedOrigin Origin { get; }

    /// <inheritdoc/>
    public override bool IsOpaque { get; }

    /// <summary>Opens a TIFF file and reads the directory of its first page.</summary>
    /// <inheritdoc cref="EncodedPicture.Open"/>
    public static ImageProblem? OpenTiff(ImageFile file, out EncodedPicture? picture)
    {
        using var content = file.OpenRead();
        var problem = TiffHeader.Read(content, out var header);
        picture = header is null ? null
            : new SharpPicture(file, new TiffDecoder { IgnoreMetadata = true, DecodingMode = FrameDecodingMode.First }, header.Size, header.Origin, !header.HasAlpha, header.NextDirectory);
        return problem;
    }

    /// <summary>Opens a TGA file and reads its header.</summary>
    /// <inheritdoc cref="EncodedPicture.Open"/>
    public static ImageProblem? OpenTga(ImageFile file, out EncodedPicture? picture)
    {
        using var content = file.OpenRead();
        var problem = TgaHeader.Read(content, out var header);
        picture = header is null ? null : new SharpPicture(file, new TgaDecoder(), header.Size, SKEncodedOrigin.TopLeft, !header.HasAlpha, null);
        return problem;
    }

    /// <inheritdoc/>
    public override string? Decode(SKSizeI size, Span<byte> rgba)
    {
        rgba.Clear();
        using var time = new CancellationTokenSource(LongestDecoding);
        try
        {
            using var content = new MemoryStream(Content(), writable: false);
            using var image = decoder.Decode<Rgba32>(Limits, content, time.Token);
            if (image.Width != Size.Width || image.Height != Size.Height)
                return $"its header says {Size.Width}×{Size.Height} pixels and it has {image.Width}×{image.Height}";
            image.CopyPixelDataTo(rgba);
        }
        catch (OperationCanceledException)
        {
            return $"it takes longer than {LongestDecoding.TotalSeconds} s";
        }
        // On damage it throws whatever the decoder ran into: besides its own exceptions of the array, of arithmetic, of the stream.
        catch (Exception damage) when (damage is not (StackOverflowException or AccessViolationException))
        {
            rgba.Clear();
            return damage.Message;
        }
        if (IsOpaque)
            return null;
        for (var i = 0; i < rgba.Length; i += 4)
        {
            var alpha = rgba[i + 3];
            (rgba[i], rgba[i + 1], rgba[i + 2]) = (Multiplied(rgba[i], alpha), Multiplied(rgba[i + 1], alpha), Multiplied(rgba[i + 2], alpha));
        }
        return null;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
    }

    private static byte Multiplied(byte value, byte alpha) => (byte)((value * alpha + 127) / 255);

    /// <summary>The file as a whole, of which no further page is to be found.</summary>
    private byte[] Content()
    {
        using var content = file.OpenRead();
        var bytes = new byte[content.Length];
        content.ReadExactly(bytes);
        if (nextPage is { } next)
            bytes.AsSpan((int)next, sizeof(uint)).Clear();
        return bytes;
    }
}
