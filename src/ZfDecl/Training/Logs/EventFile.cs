using System.Buffers.Binary;
using System.Numerics;
using Google.Protobuf;
using Tensorboard;
using ZfDecl.Files;
using ZfDecl.Messages;

namespace ZfDecl.Training.Logs;

/// <summary>
/// A file that TensorBoard reads: records one after the other, each a length (8 bytes), its checksum (4), an event as a protocol buffer, and its checksum
/// (4), all little-endian. It only ever grows, so TensorBoard may read along; one event is one step, so a step is there whole or not at all.
/// </summary>
/// <remarks>
/// TorchSharp's SummaryWriter begins a file of its own each time it is made, so that a run that goes on would have some steps twice.
/// </remarks>
internal sealed class EventFile
{
    private const int Head = 12, Tail = 4;

    private readonly string path;

    private EventFile(string path, long lastStep) => (this.path, LastStep) = (path, lastStep);

    /// <summary>The step of its last event; 0 where there is none.</summary>
    public long LastStep { get; private set; }

    /// <summary>Opens a file to go on with it, or makes it. What comes after a damaged record or after a step is cut off.</summary>
    /// <param name="path">The file; its name has to contain <c>tfevents</c>.</param>
    /// <param name="keep">The last step that is kept.</param>
    /// <exception cref="ZfDeclException">ZF1204: the file cannot be written.</exception>
    public static EventFile Open(string path, long keep)
    {
        try
        {
            Disk.Current.CreateFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
            var (length, lastStep) = (0L, 0L);
            if (File.Exists(path) && new FileInfo(path).Length == 0)
                Disk.Current.Delete(path);                              // begun by a process that was killed, or no regular file
            foreach (var (end, entry) in File.Exists(path) ? Records(RegularFile.ReadBytes(path, RegularFile.LargestWhole)).TakeWhile(record => record.Event.Step <= keep) : [])
                (length, lastStep) = (end, entry.Step);
            Disk.Current.Append(path, length).Dispose();
            var file = new EventFile(path, lastStep);
            if (length == 0)
                file.Append(new() { FileVersion = "brain.Event:2", WallTime = Now() });
            return file;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.CannotWrite(path, cause);
        }
    }

    /// <summary>Reads the events of a file, up to the first that is damaged.</summary>
    public static IEnumerable<Event> Read(string path) => Records(RegularFile.ReadBytes(path, RegularFile.LargestWhole)).Select(record => record.Event);

    /// <summary>Adds what was measured at a step.</summary>
    /// <param name="step">A later one than <see cref="LastStep"/>.</param>
    /// <param name="summary">The values and pictures.</param>
    /// <exception cref="ZfDeclException">ZF1204: the file cannot be written.</exception>
    public void Append(long step, Summary summary)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(step, LastStep);
        try
        {
            Append(new() { Step = step, Summary = summary, WallTime = Now() });
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.CannotWrite(path, cause);
        }
        LastStep = step;
    }

    /// <summary>The checksum of a record's parts: CRC-32C, rotated by 15 bits and moved by a constant, because it may itself stand in data that is summed.</summary>
    internal static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var one in bytes)
            crc = BitOperations.Crc32C(crc, one);
        return BitOperations.RotateRight(~crc, 15) + 0xA282EAD8;
    }

    private void Append(Event entry)
    {
        var data = entry.ToByteArray();
        var record = new byte[Head + data.Length + Tail];
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), Checksum(record.AsSpan(0, 8)));
        data.CopyTo(record, Head);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(Head + data.Length), Checksum(data));
        using var stream = Disk.Current.Append(path, new FileInfo(path).Length);
        stream.Write(record);               // not flushed to the disk: what is lost is written again when the run goes on
    }

    private static IEnumerable<(long End, Event Event)> Records(byte[] bytes)
    {
        for (var start = 0; Next(bytes.AsSpan(start)) is { } entry; start += Head + entry.Length + Tail)
            yield return (start + Head + entry.Length + Tail, entry.Event);
    }

    /// <returns>The record at the beginning; null where there is no whole one.</returns>
    private static (int Length, Event Event)? Next(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Head + Tail || BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]) != Checksum(bytes[..8]))
            return null;
        var length = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        if (length > (ulong)(bytes.Length - Head - Tail))
            return null;
        var data = bytes.Slice(Head, (int)length);
        // From an array: TorchSharp's messages are of a generation that cannot be read from a span.
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes[(Head + data.Length)..]) == Checksum(data) ? (data.Length, Event.Parser.ParseFrom(data.ToArray())) : null;
    }

    private static double Now() => (DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds;
}
