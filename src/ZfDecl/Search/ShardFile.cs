using System.Security.Cryptography;
using System.Text.Json;
using ZfDecl.Files;
using ZfDecl.Messages;

namespace ZfDecl.Search;

/// <summary>
/// What one process of a divided search has found: <c>2-of-8.zfshard</c>. A mark with the version of the format, the identity of the search as JSON, the
/// strongest units of each map, 16 bytes a unit, and SHA-256 over all of it. Little-endian.
/// </summary>
internal static class ShardFile
{
    private const string Mark = "ZfDecl shard 1";
    private const string Ending = ".zfshard";

    /// <summary>The position of a shard's file.</summary>
    /// <param name="folder">The folder of the shards of a run.</param>
    /// <param name="shard">The shard.</param>
    public static string PathOf(string folder, Shard shard) => Path.Combine(folder, FormattableString.Invariant($"{shard.Number}-of-{shard.Count}{Ending}"));

    /// <summary>Writes what was found.</summary>
    /// <returns>The path of the file.</returns>
    /// <exception cref="ZfDeclException">ZF1204: the file cannot be written.</exception>
    public static string Write(string folder, Shard shard, SearchIdentity search, IReadOnlyList<TopUnits> found)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Mark);
            writer.Write(shard.Number);
            writer.Write(shard.Count);
            writer.Write(JsonSerializer.Serialize(search));
            WriteUnits(writer, found);
        }
        var path = PathOf(folder, shard);
        AtomicFile.Write(path, stream =>
        {
            var content = bytes.ToArray();
            stream.Write(content);
            stream.Write(SHA256.HashData(content));
        });
        return path;
    }

    /// <summary>Joins all shards of a search that lie in a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="search">The search they must be of.</param>
    /// <param name="found">A search that has seen nothing yet; it takes them in.</param>
    /// <returns>The number of shards.</returns>
    /// <exception cref="ZfDeclException">
    /// ZF1415: there is none, one is missing, or they are of divisions into different numbers; ZF1416: one is damaged, or of another version of the format;
    /// ZF1417: one is of another search.
    /// </exception>
    public static int Merge(string folder, SearchIdentity search, IReadOnlyList<TopUnits> found)
    {
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*" + Ending).Order(StringComparer.Ordinal).ToArray() : [];
        if (files.Length == 0)
            throw new ZfDeclException("ZF1415", $"there is no shard in '{folder}'; make each with `visualize shard=1/8`, 2/8 …, on any machine, and put them there");
        var shards = new SortedSet<int>();
        var count = 0;
        foreach (var file in files)
        {
            var shard = Read(file, search, found);
            if (count != 0 && shard.Count != count)
                throw new ZfDeclException("ZF1415", $"this is a shard of {shard.Count}, others here are of {count}: delete those of the older division", file);
            count = shard.Count;
            if (!shards.Add(shard.Number))
                throw new ZfDeclException("ZF1415", $"shard {shard} is here twice: delete one of the two", file);
        }
        var missing = Enumerable.Range(1, count).Where(number => !shards.Contains(number)).ToArray();
        return missing.Length == 0
            ? count
            : throw new ZfDeclException("ZF1415", $"of {count} shards {string.Join(", ", missing)} are missing in '{folder}'; make them with {string.Join(", ", missing.Select(number => $"`shard={number}/{count}`"))}");
    }

    private static Shard Read(string path, SearchIdentity search, IReadOnlyList<TopUnits> found)
    {
        try
        {
            var bytes = RegularFile.ReadBytes(path, RegularFile.LargestWhole);
            if (bytes.Length <= SHA256.HashSizeInBytes || !SHA256.HashData(bytes.AsSpan(..^SHA256.HashSizeInBytes)).AsSpan().SequenceEqual(bytes.AsSpan(^SHA256.HashSizeInBytes..)))
                throw Damaged(path, "its checksum does not fit its content");
            using var reader = new BinaryReader(new MemoryStream(bytes, 0, bytes.Length - SHA256.HashSizeInBytes));
            var mark = reader.ReadString();
            if (mark != Mark)
                throw Damaged(path, $"it is '{mark}', and this version reads '{Mark}'");
            var shard = new Shard(reader.ReadInt32(), reader.ReadInt32());
            var own = JsonSerializer.Deserialize<SearchIdentity>(reader.ReadString()) ?? throw Damaged(path, "it names no search");
            if (own.DifferenceFrom(search) is { } difference)
                throw new ZfDeclException("ZF1417", $"this shard is of another search: {difference}. Make it again, or merge with the properties it was made with", path);
            ReadUnits(reader, found);
            return shard;
        }
        catch (Exception cause) when (cause is EndOfStreamException or JsonException or FormatException)
        {
            throw Damaged(path, cause.Message, cause);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.CannotRead(path, cause, "make the shard again");
        }
    }

    /// <summary>Writes the strongest units of each map of each layer, the strongest first.</summary>
    internal static void WriteUnits(BinaryWriter writer, IReadOnlyList<TopUnits> found)
    {
        foreach (var layer in found)
        {
            for (var map = 0; map < layer.Layer.Output.Maps; map++)
            {
                writer.Write(layer.Of(map).Length);
                foreach (var unit in layer.Of(map))
                {
                    writer.Write(unit.Value);
                    writer.Write(unit.Image);
                    writer.Write(unit.Y);
                    writer.Write(unit.X);
                }
            }
        }
    }

    /// <summary>Takes in what <see cref="WriteUnits"/> has written.</summary>
    internal static void ReadUnits(BinaryReader reader, IReadOnlyList<TopUnits> found)
    {
        foreach (var layer in found)
        {
            for (var map = 0; map < layer.Layer.Output.Maps; map++)
            {
                for (var units = reader.ReadInt32(); units > 0; units--)
                    layer.Add(map, new(reader.ReadSingle(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32()));
            }
        }
    }

    private static ZfDeclException Damaged(string path, string finding, Exception? cause = null) =>
        new("ZF1416", $"this is no whole shard: {finding}. Copy it again, or make it again", path, cause);
}
