using System.Collections.Frozen;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using ZfDecl.Explore.Problems;

namespace ZfDecl.Explore.Serving;

/// <summary>The files of the page, which are in the program: no path from the browser reaches the disk.</summary>
internal sealed class PageFiles
{
    private const string Prefix = "ZfDecl.Explore.Page.", Index = "index.html";

    private readonly FrozenDictionary<string, (byte[] Bytes, string Type)> files;

    public PageFiles()
    {
        var assembly = Assembly.GetExecutingAssembly();
        files = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(name => name[Prefix.Length..], name => (Read(assembly, name), TypeOf(name)), StringComparer.Ordinal);
    }

    /// <summary>Writes the page.</summary>
    public Task WriteIndex(HttpContext context) => Write(context, Index);

    /// <summary>Writes one of its files.</summary>
    /// <param name="context">The request.</param>
    /// <param name="name">The name of the file.</param>
    public Task Write(HttpContext context, string name)
    {
        if (!files.TryGetValue(name, out var file))
            return Answers.Refuse(context, RequestErrors.Unreadable("the page has no such file"), StatusCodes.Status404NotFound);
        context.Response.Headers.CacheControl = "no-cache";
        return Answers.Write(context, file.Bytes, file.Type);
    }

    private static byte[] Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        _ => "application/octet-stream",
    };
}
