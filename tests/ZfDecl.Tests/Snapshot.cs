using System.Runtime.CompilerServices;
using System.Text;
using ZfDecl.Imaging;

namespace ZfDecl.Tests;

/// <summary>
/// Snapshots in the file convention of Verify: <c>Class.Method[.suffix].verified.ext</c> beside the test's source, <c>.received.ext</c> where the
/// outcome differs from it. Approve by renaming, or all at once by running the tests with ZFDECL_APPROVE=1.
/// </summary>
internal static class Snapshot
{
    /// <summary>Texts are compared line by line.</summary>
    public static void Text(string actual, string extension = "txt", string suffix = "", [CallerFilePath] string file = "", [CallerMemberName] string method = "")
    {
        var received = Encoding.UTF8.GetBytes(actual.ReplaceLineEndings("\n"));
        Check(received, extension, suffix, file, method, verified => FirstDifference(Encoding.UTF8.GetString(verified), actual));
    }

    /// <summary>Pictures are compared by their pixels.</summary>
    public static void Png(byte[] actual, PictureTolerance? tolerance = null, string suffix = "", [CallerFilePath] string file = "", [CallerMemberName] string method = "") =>
        Check(actual, "png", suffix, file, method, verified => PictureComparison.Compare(verified, actual, tolerance) is { IsAccepted: false, Finding: var finding } ? finding : null);

    /// <returns>The first line that differs; null where none does.</returns>
    internal static string? FirstDifference(string verified, string actual)
    {
        var (before, after) = (verified.ReplaceLineEndings("\n").Split('\n'), actual.ReplaceLineEndings("\n").Split('\n'));
        for (var line = 0; line < Math.Max(before.Length, after.Length); line++)
        {
            var (was, became) = (before.ElementAtOrDefault(line), after.ElementAtOrDefault(line));
            if (was != became)
                return $"line {line + 1}\n  was    {was ?? "(past the end)"}\n  became {became ?? "(past the end)"}";
        }
        return null;
    }

    private static void Check(byte[] actual, string extension, string suffix, string file, string method, Func<byte[], string?> differs)
    {
        var stem = Path.Combine(FolderOf(file), $"{Path.GetFileNameWithoutExtension(file)}.{method}{(suffix.Length > 0 ? "." : "")}{suffix}");
        var (verified, received) = ($"{stem}.verified.{extension}", $"{stem}.received.{extension}");
        var finding = File.Exists(verified) ? differs(File.ReadAllBytes(verified)) : "there is no approved snapshot yet";
        if (finding is not null && Environment.GetEnvironmentVariable("ZFDECL_APPROVE") == "1")
        {
            File.WriteAllBytes(verified, actual);
            finding = null;
        }
        if (finding is null)
        {
            File.Delete(received);
            return;
        }
        File.WriteAllBytes(received, actual);
        Assert.Fail($"{Path.GetFileName(verified)}: {finding}\napprove it: mv '{received}' '{verified}'\nor all:     ZFDECL_APPROVE=1 dotnet test tests/ZfDecl.Tests");
    }

    /// <summary>The folder of a source file. A deterministic build maps the root to <c>/_/</c>: the root is then found from where the tests run.</summary>
    internal static string FolderOf(string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        if (Directory.Exists(folder))
            return folder;
        const string MappedRoot = "/_/";
        return file.StartsWith(MappedRoot, StringComparison.Ordinal)
            ? Repository.PathOf(Path.GetDirectoryName(file[MappedRoot.Length..])!)
            : throw new DirectoryNotFoundException($"the folder of '{file}' is not there");
    }
}
