using System.Text;

namespace ZfDecl.Tests.NativeCompat;

/// <summary>
/// Little shared libraries, laid out by hand after the ELF64 specification and the symbol versioning chapter of the Linux Standard Base:
/// header (64 bytes), section contents, section headers (64 bytes each).
/// </summary>
internal static class SyntheticElf
{
    private const int Strtab = 3, Rela = 4, Dynsym = 11, Verdef = 0x6ffffffd, Verneed = 0x6ffffffe, Versym = 0x6fffffff;

    /// <summary>A library that needs versions of one provider; the k-th has index k + 2, and symbol k + 1 has that version.</summary>
    /// <param name="provider">The provider's name.</param>
    /// <param name="versions">The versions.</param>
    /// <param name="bound">The places of those versions whose symbol a relocation binds.</param>
    public static byte[] Needing(string provider, string[] versions, params int[] bound)
    {
        var (strings, offsets) = Strings([provider, .. versions]);
        var need = new MemoryStream();
        Put(need, (ushort)1, (ushort)versions.Length, (uint)offsets[0], 16u, 0u);   // version, count, file, first aux, next
        for (var k = 0; k < versions.Length; k++)
            Put(need, 0u, (ushort)0, (ushort)(k + 2), (uint)offsets[k + 1], k + 1 < versions.Length ? 16u : 0u);   // hash, flags, index, name, next

        var symbols = new MemoryStream();
        symbols.Write(new byte[24 * (versions.Length + 1)]);
        var symbolVersions = new MemoryStream();
        Put(symbolVersions, (ushort)0);
        for (var k = 0; k < versions.Length; k++)
            Put(symbolVersions, (ushort)(k + 2));
        var relocations = new MemoryStream();
        foreach (var k in bound)
            Put(relocations, 0x1000UL, 6u, (uint)(k + 1), 0UL);   // offset, R_X86_64_GLOB_DAT, symbol, addend

        return File(
            (Strtab, 0, 0, strings),
            (Dynsym, 1, 1, symbols.ToArray()),
            (Versym, 2, 0, symbolVersions.ToArray()),
            (Verneed, 1, 1, need.ToArray()),
            (Rela, 2, 0, relocations.ToArray()));
    }

    /// <summary>A library that defines versions.</summary>
    public static byte[] Defining(params string[] versions)
    {
        var (strings, offsets) = Strings(versions);
        var definitions = new MemoryStream();
        for (var k = 0; k < versions.Length; k++)
        {
            Put(definitions, (ushort)1, (ushort)0, (ushort)(k + 1), (ushort)1, 0u, 20u, k + 1 < versions.Length ? 28u : 0u);   // …, hash, first aux, next
            Put(definitions, (uint)offsets[k], 0u);
        }
        return File((Strtab, 0, 0, strings), (Verdef, 1, (uint)versions.Length, definitions.ToArray()));
    }

    private static (byte[] Table, int[] Offsets) Strings(string[] texts)
    {
        var table = new MemoryStream();
        table.WriteByte(0);
        var offsets = new int[texts.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            offsets[i] = (int)table.Length;
            table.Write(Encoding.ASCII.GetBytes(texts[i] + '\0'));
        }
        return (table.ToArray(), offsets);
    }

    private static byte[] File(params (uint Type, uint Link, uint Info, byte[] Content)[] sections)
    {
        var contents = sections.Sum(section => section.Content.Length);
        var file = new MemoryStream();
        file.Write([0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0]);
        file.Write(new byte[32]);
        Put(file, 64UL + (ulong)contents, 0u, (ushort)64, (ushort)0, (ushort)0, (ushort)64, (ushort)(sections.Length + 1), (ushort)0);
        foreach (var section in sections)
            file.Write(section.Content);
        file.Write(new byte[64]);
        var at = 64UL;
        foreach (var (type, link, info, content) in sections)
        {
            Put(file, 0u, type, 0UL, 0UL, at, (ulong)content.Length, link, info, 0UL, 0UL);
            at += (ulong)content.Length;
        }
        return file.ToArray();
    }

    private static void Put(Stream stream, params ReadOnlySpan<object> values)
    {
        foreach (var value in values)
        {
            stream.Write(value switch
            {
                ushort number => BitConverter.GetBytes(number),
                uint number => BitConverter.GetBytes(number),
                ulong number => BitConverter.GetBytes(number),
                _ => throw new ArgumentException($"{value.GetType()} has no place in an ELF file"),
            });
        }
    }
}
