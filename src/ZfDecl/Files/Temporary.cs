using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using ZfDecl.Messages;

namespace ZfDecl.Files;

/// <summary>
/// Files and folders under way. What is made lies beside its destination as <c>.{name}.{host}.{process}.{n}.tmp</c>, and an older folder that makes room for it as
/// <c>.{name}.{host}.{process}.{n}.old</c>, until it is renamed: whoever finds one knows who holds it.
/// </summary>
internal static partial class Temporary
{
    private const string Made = ".tmp", Aside = ".old";
    private const int LongestHost = 20;                                 // of 255 bytes that a name has

    private static readonly TimeSpan OtherHostsHold = TimeSpan.FromHours(24);
    private static readonly EnumerationOptions All = new() { AttributesToSkip = 0 };
    private static int last;

    /// <summary>This machine's name as it stands in the names of its files.</summary>
    internal static string Host { get; } = ShortName(Environment.MachineName);

    /// <summary>A free name beside a destination, for what will be renamed to it.</summary>
    public static string Beside(string path) => Name(path, Made);

    /// <summary>A free name beside a folder, for it to make room.</summary>
    public static string AsideOf(string folder) => Name(folder, Aside);

    /// <summary>Whether a name is that of something under way, of this version or an earlier one.</summary>
    public static bool Is(string name) => OwnName().IsMatch(name) || EarlierFile().IsMatch(name);

    /// <summary>Removes what this process was making and has given up. What cannot be removed now is left to <see cref="Clean"/>.</summary>
    public static void GiveUp(string path)
    {
        try
        {
            Remove(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // What kept the file from being written may keep it from being removed.
        }
    }

    /// <summary>Removes, in a folder and all below it, what killed processes have left under way; an older folder that had made room is put back where nothing has come in its place.</summary>
    /// <remarks>What a living process of this machine holds stays. Of another machine's processes nothing is known: what is younger than 24 hours stays. Links are not followed.</remarks>
    /// <param name="folder">The folder; nothing happens where there is none.</param>
    /// <param name="log">Is warned (ZF1223) of what is left to another machine.</param>
    /// <exception cref="ZfDeclException">ZF1204: something cannot be removed.</exception>
    public static void Clean(string folder, IRunLog log)
    {
        try
        {
            if (Directory.Exists(folder))
                CleanFolder(new(folder), log);
        }
        catch (DirectoryNotFoundException)
        {
            // Another process cleans, or has replaced a folder.
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.CannotWrite(folder, cause);
        }
    }

    private static void CleanFolder(DirectoryInfo folder, IRunLog log)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos("*", All).ToList())
        {
            if (OwnName().Match(entry.Name) is { Success: true } own)
            {
                if (!IsHeld(own, entry, log))
                    Discard(entry.FullName, Path.Combine(folder.FullName, own.Groups["name"].Value), isAside: own.Groups["ending"].Value == Aside);
            }
            else if (EarlierFile().IsMatch(entry.Name))
            {
                Remove(entry.FullName);
            }
            else if (EarlierFolder().Match(entry.Name) is { Success: true } earlier && entry is DirectoryInfo)
            {
                Discard(entry.FullName, Path.Combine(folder.FullName, earlier.Groups["name"].Value), isAside: entry.Name.EndsWith(Aside, StringComparison.Ordinal));
            }
            else if (entry is DirectoryInfo { LinkTarget: null } below)
            {
                CleanFolder(below, log);
            }
        }
    }

    private static bool IsHeld(Match name, FileSystemInfo entry, IRunLog log)
    {
        if (name.Groups["host"].Value == Host)
            return IsAlive(name.Groups["process"].Value);
        if (DateTime.UtcNow - entry.LastWriteTimeUtc >= OtherHostsHold)
            return false;
        log.Warn("ZF1223", $"'{name.Groups["host"].Value}' was writing this {entry.LastWriteTimeUtc:u}, and may be at it still; it is left alone for 24 hours. Delete it where nothing runs on that machine", entry.FullName);
        return true;
    }

    private static bool IsAlive(string id)
    {
        if (!int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;
        try
        {
            using var process = Process.GetProcessById(number);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void Discard(string path, string destination, bool isAside)
    {
        if (isAside && !Path.Exists(destination))
            Disk.Current.MoveFolder(path, destination);
        else
            Remove(path);
    }

    private static void Remove(string path)
    {
        if (Directory.Exists(path) && new DirectoryInfo(path).LinkTarget is null)
            Disk.Current.DeleteTree(path);
        else
            Disk.Current.Delete(path);
    }

    private static string Name(string path, string ending)
    {
        path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        while (true)
        {
            var name = FormattableString.Invariant($".{Path.GetFileName(path)}.{Host}.{Environment.ProcessId}.{Interlocked.Increment(ref last)}{ending}");
            var free = Path.Combine(Path.GetDirectoryName(path)!, name);
            if (!Path.Exists(free))                                     // an earlier process may have had the same number
                return free;
        }
    }

    private static string ShortName(string machine)
    {
        var plain = string.Concat(machine.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));
        return plain.Length == 0 ? "host" : plain.Length <= LongestHost ? plain
            : plain[..(LongestHost - 9)] + "-" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(machine)))[..8];
    }

    [GeneratedRegex(@"^\.(?<name>.+)\.(?<host>[A-Za-z0-9-]+)\.(?<process>[0-9]+)\.[0-9]+(?<ending>\.tmp|\.old)$")]
    private static partial Regex OwnName();

    [GeneratedRegex(@"^\..+\.[0-9a-f]{32}\.tmp$")]
    private static partial Regex EarlierFile();

    [GeneratedRegex(@"^(?<name>report)\.(new|old)$")]
    private static partial Regex EarlierFolder();
}
