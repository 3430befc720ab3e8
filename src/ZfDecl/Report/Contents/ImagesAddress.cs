namespace ZfDecl.Report.Contents;

/// <summary>The address of the images of one class that were taken for another, within any page that shows them: <c>#images/&lt;class&gt;/&lt;predicted class&gt;</c>.</summary>
internal static class ImagesAddress
{
    /// <summary>The anchor, which is also the fragment of the address: each name is escaped, so that a slash in it separates nothing.</summary>
    /// <param name="class">The class of the images.</param>
    /// <param name="predicted">The class that they were taken for.</param>
    public static string Of(string @class, string predicted) => $"images/{Uri.EscapeDataString(@class)}/{Uri.EscapeDataString(predicted)}";
}
