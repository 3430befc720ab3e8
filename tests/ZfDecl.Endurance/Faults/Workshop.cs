using System.Buffers.Binary;
using ZfDecl.Files;
using ZfDecl.Models;

namespace ZfDecl.Endurance.Faults;

/// <summary>A folder with a few noisy images, in which commands run in this process, on whatever disk they are given.</summary>
public sealed class Workshop : IDisposable
{
    private const int Side = 28, Classes = 10, TrainingImages = 40, ValidationImages = 20;

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("zfdecl-endurance-");

    /// <summary>Makes the images.</summary>
    public Workshop()
    {
        Directory.CreateDirectory(Images);
        foreach (var (split, count) in ((string, int)[])[("train", TrainingImages), ("t10k", ValidationImages)])
        {
            var (pixels, random) = (new byte[count * Side * Side], new Random(count));
            for (var i = 0; i < pixels.Length; i++)
                pixels[i] = (byte)(random.Next(100) + i / (Side * Side) % Classes * 15);         // a class is as bright as its number
            WriteIdx(Path.Combine(Images, $"{split}-images-idx3-ubyte"), 0x803, [count, Side, Side], pixels);
            WriteIdx(Path.Combine(Images, $"{split}-labels-idx1-ubyte"), 0x801, [count], [.. Enumerable.Range(0, count).Select(i => (byte)(i % Classes))]);
        }
    }

    /// <summary>The folder of runs that commands work in. Its path is one for all points, because records hold it.</summary>
    public string Artifacts => Path.Combine(root.FullName, "artifacts");

    private string Images => Path.Combine(root.FullName, "images");

    /// <summary>Runs a command.</summary>
    /// <param name="command">The verb and its settings.</param>
    /// <returns>Its exit code, and all that it said.</returns>
    public (int Code, string Said) Run(params string[] command)
    {
        using var said = new StringWriter();
        var code = new Cli.Host(DeclaredNetworks.All, said, said).Run(Arguments(command));
        return (code, said.ToString());
    }

    /// <summary>The whole command line of a command.</summary>
    public string[] Arguments(string[] command) =>
        [.. command, $"--root={root.FullName}", "--spec=FashionKrizhevskyWithout3467", $"--data={Images}", $"--artifacts={Artifacts}", "--threads=1"];

    /// <summary>Keeps the folder of runs as it is now under a name.</summary>
    public void Keep(string name) => Copy(Artifacts, Path.Combine(root.FullName, name));

    /// <summary>Whether something is kept under a name.</summary>
    public bool Has(string name) => Directory.Exists(Path.Combine(root.FullName, name));

    /// <summary>Puts the folder of runs back as it was kept.</summary>
    public void Restore(string name) => Copy(Path.Combine(root.FullName, name), Artifacts);

    /// <summary>Deletes the folder of runs.</summary>
    public void Clear()
    {
        if (Directory.Exists(Artifacts))
            Directory.Delete(Artifacts, recursive: true);
    }

    /// <summary>Gives what this process was writing to one that has ended, as after a kill.</summary>
    public void Abandon(int ended)
    {
        if (!Directory.Exists(Artifacts))
            return;
        var own = $".{Temporary.Host}.{Environment.ProcessId}.";
        foreach (var path in Directory.GetFileSystemEntries(Artifacts, "*" + own + "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }).OrderByDescending(path => path.Length))
            Directory.Move(path, Path.Combine(Path.GetDirectoryName(path)!, Path.GetFileName(path).Replace(own, $".{Temporary.Host}.{ended}.", StringComparison.Ordinal)));
    }

    /// <summary>Deletes all of it.</summary>
    public void Dispose() => root.Delete(recursive: true);

    private static void Copy(string from, string to)
    {
        if (Directory.Exists(to))
            Directory.Delete(to, recursive: true);
        Directory.CreateDirectory(to);
        if (!Directory.Exists(from))
            return;
        foreach (var folder in Directory.GetDirectories(from, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
    }

    private static void WriteIdx(string path, int magic, int[] sizes, byte[] values)
    {
        var header = new byte[4 + 4 * sizes.Length];
        BinaryPrimitives.WriteInt32BigEndian(header, magic);
        for (var i = 0; i < sizes.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + 4 * i), sizes[i]);
        File.WriteAllBytes(path, [.. header, .. values]);
    }
}
