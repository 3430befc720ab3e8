namespace ZfDecl.Report.Contents;

/// <summary>Paths of files as a page writes them.</summary>
internal static class PageLink
{
    /// <summary>A relative path with forward slashes, each of its names escaped.</summary>
    public static string To(params ReadOnlySpan<string> path) => string.Join('/', string.Join('/', path!).Split('/').Select(Uri.EscapeDataString));
}
