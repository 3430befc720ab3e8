using System.Diagnostics;
using ZfDecl.Data.Decoding;
using ZfDecl.Messages;

namespace ZfDecl.Tests.Data;

/// <summary>Damaged pictures of the kinds that managed code decodes: each is refused, or decoded as far as it goes, in bounded time and memory.</summary>
public class DecoderFuzzTests
{
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("ZFDECL_FUZZ_ROUNDS"), out var rounds) ? rounds : 300;

    public static TheoryData<string> Names => [.. Seeds().Select(seed => seed.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void ADamagedPictureIsRefusedOrDecodedAsFarAsItGoes(string name)
    {
        var seed = Seeds().Single(one => one.Name == name).Content;
        var random = new Random(7);
        using var folder = new TemporaryFolder();
        var decoder = new ImageDecoder(new(3, 8, 8), default, new SilentLog());
        var (path, longest, output) = (folder[name], TimeSpan.Zero, new byte[3 * 64]);
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = Mutate(seed, random);
            File.WriteAllBytes(path, bytes);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var clock = Stopwatch.StartNew();
            var file = ImageFile.Of(path);
            if (ImageDecoder.Check(file) is null)
                decoder.Decode(file, output);
            longest = longest > clock.Elapsed ? longest : clock.Elapsed;
            // 100 megapixels of RGBA, twice, and what the decoder needs beside.
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2L << 30);
        }
        Assert.InRange(longest, TimeSpan.Zero, TimeSpan.FromSeconds(70));
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        var bytes = seed.ToArray();
        for (var changes = random.Next(1, 6); changes > 0; changes--)
        {
            var at = random.Next(bytes.Length);
            bytes[at] = random.Next(4) switch { 0 => 0, 1 => 0xFF, 2 => (byte)(bytes[at] ^ (1 << random.Next(8))), _ => (byte)random.Next(256) };
        }
        return random.Next(5) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    private static IEnumerable<(string Name, byte[] Content)> Seeds()
    {
        byte[] pixels = [.. Enumerable.Range(0, 3 * 64).Select(i => (byte)(i * 37))];
        yield return ("grey.tif", TiffFixture.Grey(8, 8).Bytes(pixels[..64]));
        yield return ("deep.tif", TiffFixture.Grey(8, 8, 16).Bytes(pixels[..128]));
        yield return ("rgb.tif", TiffFixture.Rgb(8, 8).Bytes(pixels));
        yield return ("deflate.tif", TiffFixture.Rgb(8, 8).With(259, 8).Bytes(Deflated(pixels)));
        yield return ("lzw.tif", TiffFixture.Grey(8, 8).With(259, 5).Bytes([0x80, 0x00, 0x40, 0x20, 0x10, 0x0C, 0x06, 0x03, 0x81, 0x01]));
        yield return ("packbits.tif", TiffFixture.Grey(8, 8).With(259, 32773).Bytes([63, .. pixels[..64]]));
        yield return ("jpeg.tif", TiffFixture.Rgb(8, 8).With(259, 7).With(262, 6).Bytes(Pictures.Jpeg(8, 8, Pictures.Noise)));
        yield return ("palette.tif", new TiffFixture(8, 8).With(258, 8).With(262, 3).With(277, 1).With(320, [.. Enumerable.Range(0, 768).Select(i => (uint)i * 85)]).Bytes(pixels[..64]));
        yield return ("plain.tga", [0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 8, 0, 24, 0x20, .. pixels]);
        yield return ("packed.tga", [0, 0, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 8, 0, 24, 0x20, .. Enumerable.Repeat<byte[]>([0x87, 1, 2, 3], 8).SelectMany(run => run)]);
        yield return ("mapped.tga", [0, 1, 1, 0, 0, 4, 0, 24, 0, 0, 0, 0, 4, 0, 4, 0, 8, 0x20, .. pixels[..12], 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3]);
        yield return ("bytes.ppm", [.. "P6 8 8 255\n"u8, .. pixels]);
        yield return ("text.pgm", "P2\n# text\n4 2 99\n1 2 3 4 5 6 7 99\n"u8.ToArray());
    }

    private static byte[] Deflated(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var zlib = new System.IO.Compression.ZLibStream(packed, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(bytes);
        return packed.ToArray();
    }
}
