using Microsoft.CodeAnalysis;

namespace ZfDecl.Generators.Diagnostics;

/// <summary>A code of the table in <see cref="Codes"/>: its number, its severity, and what its help page says of it.</summary>
internal sealed class Code(string id, DiagnosticSeverity severity, string title)
{
    /// <summary>Where the help pages are, one a code.</summary>
    private const string HelpBase = "https://github.com/zfdecl/zfdecl/blob/main/generators/ZfDecl.Generators/docs/";

    public string Id => id;

    public DiagnosticSeverity Severity => severity;

    public string Title => title;

    public DiagnosticDescriptor Descriptor { get; } = new(id, title, "{0}", "ZfDecl", severity, isEnabledByDefault: true, helpLinkUri: $"{HelpBase}{id}.md");
}
