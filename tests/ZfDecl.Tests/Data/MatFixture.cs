using System.IO.Compression;
using System.Text;

namespace ZfDecl.Tests.Data;

/// <summary>Writes a MATLAB file of version 5 with a struct array as the devkit of ImageNet has it: <c>synsets</c>, with numbers, texts and a matrix among the fields.</summary>
internal static class MatFixture
{
    public static byte[] Synsets(bool compressed, params (int Number, string Id, string Words)[] synsets)
    {
        string[] names = ["ILSVRC2012_ID", "WNID", "words", "children"];
        byte[] content =
        [
            .. Small(5, BitConverter.GetBytes(32)),
            .. Element(1, [.. names.SelectMany(name => Encoding.ASCII.GetBytes(name.PadRight(32, '\0')))]),
            .. synsets.SelectMany(synset => (byte[])
            [
                .. Matrix(6, "", [1, 1], Small(4, BitConverter.GetBytes((ushort)synset.Number))),           // a double, stored as miUINT16
                .. Matrix(4, "", [1, synset.Id.Length], Element(4, Encoding.Unicode.GetBytes(synset.Id))),
                .. Matrix(4, "", [1, synset.Words.Length], Element(16, Encoding.UTF8.GetBytes(synset.Words))),
                .. Matrix(6, "", [1, 2], Element(9, [.. BitConverter.GetBytes(2.0), .. BitConverter.GetBytes(3.0)])),
            ]),
        ];
        var other = Matrix(6, "other", [1, 1], Element(9, BitConverter.GetBytes(1.0)));
        var variable = Matrix(2, "synsets", [synsets.Length, 1], content);
        byte[] header = [.. Encoding.ASCII.GetBytes("MATLAB 5.0 MAT-file".PadRight(124)), 0, 1, (byte)'I', (byte)'M'];
        return [.. header, .. compressed ? Packed(other) : other, .. compressed ? Packed(variable) : variable];
    }

    private static byte[] Matrix(byte kind, string name, int[] sizes, byte[] content) => Element(14,
    [
        .. Element(6, [kind, 0, 0, 0, 0, 0, 0, 0]),
        .. Element(5, [.. sizes.SelectMany(BitConverter.GetBytes)]),
        .. name.Length is > 0 and <= 4 ? Small(1, Encoding.ASCII.GetBytes(name)) : Element(1, Encoding.ASCII.GetBytes(name)),
        .. content,
    ]);

    private static byte[] Element(int type, byte[] data) => [.. BitConverter.GetBytes(type), .. BitConverter.GetBytes(data.Length), .. data, .. new byte[(8 - data.Length % 8) % 8]];

    private static byte[] Small(short type, byte[] data) => [.. BitConverter.GetBytes(type), .. BitConverter.GetBytes((short)data.Length), .. data, .. new byte[4 - data.Length]];

    private static byte[] Packed(byte[] element)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(element);
        return [.. BitConverter.GetBytes(15), .. BitConverter.GetBytes((int)packed.Length), .. packed.ToArray()];
    }
}
