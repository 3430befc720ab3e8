using System.Text;
using ZfDecl.Messages;

namespace ZfDecl.Files;

/// <summary>Tables that are read back: CSV whose last line, <c># seal</c> and 64 digits, is their <see cref="Seal"/>.</summary>
internal static class CsvFile
{
    /// <summary>What the last line begins with.</summary>
    public const string Mark = $"# {Seal.Name} ";

    /// <summary>Writes a table and its seal.</summary>
    /// <param name="path">The place.</param>
    /// <param name="table">The lines, each with its end.</param>
    /// <param name="durable">As in <see cref="AtomicFile.Write"/>.</param>
    /// <exception cref="ZfDeclException">ZF1204: the file cannot be written.</exception>
    public static void Write(string path, string table, bool durable = true)
    {
        var bytes = Encoding.UTF8.GetBytes($"{table}{Mark}{Seal.Blank}\n");
        Seal.Close(bytes, bytes.Length - 1 - Seal.Blank.Length);
        AtomicFile.Write(path, stream => stream.Write(bytes), durable);
    }

    /// <summary>Reads the lines of a table without its seal. One without a seal is of an earlier version.</summary>
    /// <exception cref="InvalidDataException">Its seal does not hold; the message begins with <c>it</c>.</exception>
    /// <inheritdoc cref="RegularFile.Open"/>
    public static string Read(string path)
    {
        var bytes = RegularFile.ReadBytes(path, RegularFile.LargestTable);
        var last = bytes.AsSpan(..^1).LastIndexOf((byte)'\n') + 1;
        var line = bytes.AsSpan(last);
        if (line[0] == Mark[0])
        {
            if (line.Length != Mark.Length + Seal.Blank.Length + 1 || !Seal.Holds(bytes, last + Mark.Length))
                throw new InvalidDataException($"it {Seal.Broken}");
            bytes = bytes[..last];
        }
        return new StreamReader(new MemoryStream(bytes)).ReadToEnd();
    }
}
