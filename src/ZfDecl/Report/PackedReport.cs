using System.IO.Compression;
using ZfDecl.Files;
using ZfDecl.Messages;

namespace ZfDecl.Report;

/// <summary>A report as one file that can be sent.</summary>
public static class PackedReport
{
    /// <summary>Packs the folder of a report.</summary>
    /// <param name="page">The report's page; all of its folder is packed.</param>
    /// <param name="path">The ZIP file; a former one is replaced when the new one is complete.</param>
    /// <exception cref="ZfDeclException">ZF1204: the file cannot be written.</exception>
    public static void Write(string page, string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(page))!;
        AtomicFile.Write(path, stream =>
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
                archive.CreateEntryFromFile(file, $"{Path.GetFileName(folder)}/{Path.GetRelativePath(folder, file).Replace('\\', '/')}");
        });
    }
}
