using SkiaSharp;
using ZfDecl.Data.Decoding;
using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Tests.Data;

/// <summary>Pictures of a camera that was held in another way, against the pixels that the whole file decodes to, turned one by one and then resized.</summary>
public class TurnedPicturesTests
{
    /// <summary>Width and height of the file, and of what is wanted. 101 and 67 are no multiples of 8: a JPEG decoded at 3/8 ends in a part of a pixel.</summary>
    private static readonly (int Width, int Height, int NewWidth, int NewHeight)[] Sizes =
        [(101, 67, 20, 20), (67, 101, 20, 20), (83, 83, 31, 31), (97, 50, 17, 24), (61, 127, 55, 33), (7, 129, 3, 16), (9, 5, 13, 11)];

    public static TheoryData<string, int> FormatsAndOrientations
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var name in (string[])["png", "jpg", "webp"])
            {
                for (var orientation = 1; orientation <= 8; orientation++)
                    data.Add(name, orientation);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(FormatsAndOrientations))]
    public void ATurnedPictureIsTheWholePictureTurnedAndResized(string format, int orientation)
    {
        // A PNG is exact but for rounding. JPEG shrinks by its cosines and WebP by areas, not as the triangle does: of this soft picture, that is as much as is allowed here,
        // the same in all orientations.
        var (mean, most) = format == "png" ? (0.3, 0.501) : (0.85, 6.5);
        foreach (var (width, height, newWidth, newHeight) in Sizes)
        {
            var image = ExifPictures.WithOrientation(Encode(width, height, format), orientation);
            var shape = new FeatureShape(3, newHeight, newWidth);
            var differences = Read(image, shape).Zip(Exact(image, orientation, shape), (value, expected) => Math.Abs(value - expected)).ToArray();
            Assert.True(differences.Average() <= mean && differences.Max() <= most,
                $"{width}×{height} to {newWidth}×{newHeight}: {differences.Average():F3} on average, {differences.Max():F3} at most");
        }
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void APngIsTurnedInEitherByteOrderAndByAChunkBehindThePixelsToo(bool isLittle, bool isLast)
    {
        var png = Encode(9, 5, "png");
        var turned = ExifPictures.InPng(png, ExifPictures.Chunk("eXIf", ExifPictures.Exif(6, isLittle)), isLast);
        Assert.Equal(Read(ExifPictures.WithOrientation(png, 6), new(3, 9, 5)), Read(turned, new(3, 9, 5)));
        Assert.NotEqual(Read(png, new(3, 9, 5)), Read(turned, new(3, 9, 5)));
    }

    [Fact]
    public void APngWithDamagedExifIsReadAsItIsInTheFile()
    {
        var png = Encode(9, 5, "png");
        var exif = ExifPictures.Exif(6);
        var broken = ExifPictures.Chunk("eXIf", exif);
        broken[^1] ^= 1;
        byte[][] chunks =
        [
            broken,                                                                 // its checksum is wrong
            ExifPictures.Chunk("eXIf", []),
            .. Enumerable.Range(1, 33).Select(length => ExifPictures.Chunk("eXIf", exif[..length])),                // ends before the orientation's value
            ExifPictures.Chunk("eXIf", ExifPictures.Exif(0)),
            ExifPictures.Chunk("eXIf", ExifPictures.Exif(9)),
            ExifPictures.Chunk("eXIf", ExifPictures.Exif(0x0600)),                  // written in the other byte order
            ExifPictures.Chunk("eXIf", [.. exif[..4], 0xFF, 0xFF, 0xFF, 0xFF, .. exif[8..]]),                       // the directory lies beyond the end
            ExifPictures.Chunk("eXIf", [.. exif[..8], 0xFF, 0xFF, .. exif[10..22], 0x01, 0x13, .. exif[24..]]),     // 65,535 entries, none of them the orientation
            ExifPictures.Chunk("eXIf", [.. exif[..24], 0, 2, .. exif[26..]]),       // text, no number
            ExifPictures.Chunk("exIf", exif),
        ];
        var plain = Read(png, new(3, 5, 9));
        Assert.All(chunks, chunk => Assert.Equal(plain, Read(ExifPictures.InPng(png, chunk), new(3, 5, 9))));
    }

    [Fact]
    public void APngThatEndsInItsExifIsReadAsItIsInTheFile()
    {
        var png = Encode(9, 5, "png");
        var turned = ExifPictures.InPng(png, ExifPictures.Chunk("eXIf", ExifPictures.Exif(6)), isLast: true);
        Assert.All(Enumerable.Range(png.Length - 12, turned.Length - png.Length), length => Assert.Equal(Read(png, new(3, 5, 9)), Read(turned[..length], new(3, 5, 9))));
    }

    private static byte[] Encode(int width, int height, string format) => Pictures.Encode(width, height, Soft, format switch
    {
        "png" => SKEncodedImageFormat.Png,
        "jpg" => SKEncodedImageFormat.Jpeg,
        _ => SKEncodedImageFormat.Webp,
    });

    /// <summary>Waves of 70 to 120 pixels, which no two of the eight orientations show alike.</summary>
    private static SKColor Soft(int x, int y)
    {
        return new(Wave(x / 12.0 + y / 27.0), Wave(y / 15.0 + 1), Wave(x / 18.0 - y / 18.0));

        static byte Wave(double phase) => (byte)Math.Round(128 + 100 * Math.Sin(phase));
    }

    private static byte[] Read(byte[] image, FeatureShape shape)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["picture"], image);
        return PictureFile.Read(folder["picture"], shape, new SilentLog());
    }

    private static double[] Exact(byte[] image, int orientation, FeatureShape shape)
    {
        using var codec = SKCodec.Create(new MemoryStream(image));
        using var file = new SKBitmap(codec.Info.WithColorType(SKColorType.Rgba8888));
        codec.GetPixels(file.Info, file.GetPixels());
        var pixels = file.Pixels;
        var (width, height) = (file.Width, file.Height);
        var (seenWidth, seenHeight) = orientation >= 5 ? (height, width) : (width, height);
        return
        [
            .. from channel in Enumerable.Range(0, 3)
               from y in Enumerable.Range(0, shape.Height)
               from x in Enumerable.Range(0, shape.Width)
               select ExactResize.Of(seenWidth, seenHeight, CropOf, shape.Width, shape.Height, x, y, channel),
        ];

        // EXIF 2.32, §4.6.4: where in the file the pixel is that is seen at a place.
        SKColor CropOf(int x, int y)
        {
            var (column, row) = orientation switch
            {
                2 => (width - 1 - x, y),
                3 => (width - 1 - x, height - 1 - y),
                4 => (x, height - 1 - y),
                5 => (y, x),
                6 => (y, height - 1 - x),
                7 => (width - 1 - y, height - 1 - x),
                8 => (width - 1 - y, x),
                _ => (x, y),
            };
            return pixels[row * width + column];
        }
    }
}
