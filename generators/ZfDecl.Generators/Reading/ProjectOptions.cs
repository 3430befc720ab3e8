namespace ZfDecl.Generators.Reading;

/// <summary>What the generator is told of the project it runs in.</summary>
/// <param name="Namespace">The namespace of the generated classes.</param>
/// <param name="Root">The folder that paths of specs are given relative to.</param>
/// <param name="LeavesBrokenOut">Whether errors of specs are no errors of the build: the networks that have them are left out, and the registry tells of them.</param>
internal sealed partial record ProjectOptions(string Namespace, string Root, bool LeavesBrokenOut = false)
{
    private const string Specs = "specs/";

    /// <summary>Whether a file is a spec: YAML at any depth below a folder <c>specs</c> of the project. Other YAML is another generator's.</summary>
    public bool IsSpec(string path) => Relative(path) is var relative
        && (relative.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || relative.EndsWith(".yml", StringComparison.OrdinalIgnoreCase))
        && (relative.StartsWith(Specs, StringComparison.Ordinal) || relative.Contains("/" + Specs));

    /// <summary>
    /// The path relative to the root, with forward slashes. Of a file that lies elsewhere, or where the compiler has told but a part of the root, which it ends at
    /// <c>#</c> or <c>;</c>, what follows its last folder <c>specs</c>, with that; without one, the file's name.
    /// </summary>
    public string Relative(string path)
    {
        var (slashed, root) = (path.Replace('\\', '/'), Root.Replace('\\', '/').TrimEnd('/') + "/");
        if (root.Length > 1 && slashed.StartsWith(root, StringComparison.Ordinal))
            return slashed.Substring(root.Length);
        var specs = slashed.LastIndexOf("/" + Specs, StringComparison.Ordinal);
        return slashed.Substring((specs >= 0 ? specs : slashed.LastIndexOf('/')) + 1);
    }
}
