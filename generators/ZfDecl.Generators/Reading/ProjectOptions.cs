namespace ZfDecl.Generators.Reading;

/// <summary>What the generator is told of the project it runs in.</summary>
/// <param name="Namespace">The namespace of the generated classes.</param>
/// <param name="Root">The folder that paths of specs are given relative to.</param>
/// <param name="Specs">The folder of specs, relative to <paramref name="Root"/>.</param>
/// <param name="Artifacts">The folder of runs; the generated registry tells of it.</param>
/// <param name="LeavesBrokenOut">Whether errors of specs are no errors of the build: the networks that have them are left out, and the registry tells of them.</param>
/// <param name="Pages">The folder of the pages on errors, as a full path; null where nobody has named it.</param>
internal sealed partial record ProjectOptions(string Namespace, string Root, bool LeavesBrokenOut = false, string Specs = "specs", string Artifacts = "artifacts", string? Pages = null)
{
    private string Folder => Specs.Replace('\\', '/').Trim('/') + "/";

    /// <summary>Whether a file is a spec: YAML at any depth below the project's folder of specs, or a folder of that name. Other YAML is another generator's.</summary>
    public bool IsSpec(string path) => Relative(path) is var relative
        && (relative.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || relative.EndsWith(".yml", StringComparison.OrdinalIgnoreCase))
        && (relative.StartsWith(Folder, StringComparison.Ordinal) || relative.Contains("/" + Folder));

    /// <summary>
    /// The path relative to the root, with forward slashes. Of a file that lies elsewhere, or where the compiler has told but a part of the root, which it ends at
    /// <c>#</c> or <c>;</c>, what follows its last folder of specs, with that; without one, the file's name.
    /// </summary>
    public string Relative(string path)
    {
        var (slashed, root) = (path.Replace('\\', '/'), Root.Replace('\\', '/').TrimEnd('/') + "/");
        if (root.Length > 1 && slashed.StartsWith(root, StringComparison.Ordinal))
            return slashed.Substring(root.Length);
        var specs = slashed.LastIndexOf("/" + Folder, StringComparison.Ordinal);
        return slashed.Substring((specs >= 0 ? specs : slashed.LastIndexOf('/')) + 1);
    }
}
