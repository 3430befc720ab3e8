using System.Buffers.Binary;
using System.IO.Compression;

namespace ZfDecl.Tests.Data;

/// <summary>A small folder of IDX files: 30 training and 20 test images of 4×5 whose pixels count up, with labels 0 … 9 in turn.</summary>
internal static class IdxFixture
{
    public static TemporaryFolder Create(string ending = ".gz", char separator = '-')
    {
        var folder = new TemporaryFolder();
        foreach (var (split, count) in ((string, int)[])[("train", 30), ("t10k", 20)])
        {
            Write(folder[$"{split}-images{separator}idx3-ubyte{ending}"], Idx(0x803, [count, 4, 5], Counting(count * 20)));
            var labels = Enumerable.Range(0, count).Select(i => (byte)(i % 10)).ToArray();
            Write(folder[$"{split}-labels{separator}idx1-ubyte{ending}"], Idx(0x801, [count], labels));
        }
        return folder;
    }

    public static byte[] Counting(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)i)];

    public static byte[] Idx(int magic, int[] sizes, byte[] values)
    {
        var header = new byte[4 + 4 * sizes.Length];
        BinaryPrimitives.WriteInt32BigEndian(header, magic);
        for (var i = 0; i < sizes.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + 4 * i), sizes[i]);
        return [.. header, .. values];
    }

    /// <summary>Compresses where the name ends in .gz.</summary>
    public static void Write(string path, byte[] content) =>
        File.WriteAllBytes(path, path.EndsWith(".gz", StringComparison.Ordinal) ? Zip(content) : content);

    public static byte[] Zip(byte[] content)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Optimal))
            zip.Write(content);
        return zipped.ToArray();
    }
}
