using System.Text.Json;
using ZfDecl.Distributed;
using ZfDecl.Files;
using ZfDecl.Messages;
using ZfDecl.Runs;

namespace ZfDecl.Cli.Terminal;

/// <summary>
/// The warnings that a study's section of the report repeats. Of a damaged image only who reads it hears, and a study that goes on reads its features from a
/// file: what was said of damaged images is therefore kept in a file as well, as soon as it is said.
/// </summary>
internal sealed class HeardWarnings : IDisposable
{
    private const string DamagedImage = "ZF1134";

    private readonly Lock gate = new();
    private readonly ConsoleLog log;
    private readonly List<string> heard = [];
    private readonly HashSet<string> damaged = [];
    private string? path;

    /// <param name="log">Is listened to until this is disposed.</param>
    public HeardWarnings(ConsoleLog log)
    {
        this.log = log;
        log.Warned += Hear;
    }

    /// <summary>All warnings, each once: those of this process, then what earlier ones heard of damaged images.</summary>
    public IReadOnlyList<string> All
    {
        get
        {
            lock (gate)
                return [.. heard.Concat(damaged.Order(StringComparer.Ordinal)).Distinct()];
        }
    }

    /// <summary>From here on keeps what is said of damaged images, and adds what was kept before.</summary>
    /// <param name="file">The file; its name decides of which images.</param>
    /// <exception cref="ZfDeclException">ZF1204: the file cannot be written.</exception>
    public void KeepIn(string file)
    {
        lock (gate)
        {
            path = file;
            var earlier = Read(file);
            damaged.UnionWith(earlier);
            if (damaged.Count > earlier.Count)
                Write(file);
        }
    }

    /// <summary>Gives rank 0 what the others have heard; collective.</summary>
    public void Gather(IProcessGroup group)
    {
        if (group.Size == 1)
            return;
        lock (gate)
        {
            foreach (var part in group.Gather(JsonSerializer.SerializeToUtf8Bytes(new[] { heard, [.. damaged] })).Skip(1).Select(part => JsonSerializer.Deserialize<string[][]>(part)!))
            {
                heard.AddRange(part[0].Except(heard));
                damaged.UnionWith(part[1]);
            }
            if (path is not null && damaged.Count > 0)
                Write(path);
        }
    }

    /// <summary>Listens no longer.</summary>
    public void Dispose() => log.Warned -= Hear;

    private void Hear(string code, string message, string? file)
    {
        if (code == StatisticsCache.NotKept)
            return;                             // of the next command, and not of what this one finds
        lock (gate)
        {
            var line = file is null ? message : $"{file}: {message}";
            heard.Add(line);
            if (code == DamagedImage && damaged.Add(line) && path is not null)
                Write(path);
        }
    }

    private void Write(string file) => RecordJson.Write(file, new Kept([.. damaged.Order(StringComparer.Ordinal)]));

    private static IReadOnlyList<string> Read(string file)
    {
        try
        {
            return File.Exists(file) ? RecordJson.Read<Kept, List<string>>(file, warnings => new(warnings)).Warnings : [];
        }
        catch (ZfDeclException)
        {
            return [];      // who reads the images hears it again
        }
    }

    private sealed record Kept(IReadOnlyList<string> Warnings) : IRecord
    {
        public static RecordKind Kind { get; } = new("ZF1423", "this is no list of warnings", "Delete the file: it is made again", Format: 2);

        public IEnumerable<string> Problems() => [];
    }
}
