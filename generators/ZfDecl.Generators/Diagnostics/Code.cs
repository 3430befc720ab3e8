using Microsoft.CodeAnalysis;

namespace ZfDecl.Generators.Diagnostics;

/// <summary>A code of the table in <see cref="Codes"/>: its number, its severity, and what its help page says of it.</summary>
internal sealed class Code(string id, DiagnosticSeverity severity, string title, bool isOfNetwork = false)
{
    /// <summary>Where the help pages are, one a code.</summary>
    private const string HelpBase = "https://github.com/zfdecl/zfdecl/blob/main/generators/ZfDecl.Generators/docs/";

    public string Id => id;

    public DiagnosticSeverity Severity => severity;

    public string Title => title;

    /// <summary>Whether it is about a network as a whole, so that its heirs need not be told again.</summary>
    public bool IsOfNetwork => isOfNetwork;

    public DiagnosticDescriptor Descriptor { get; } = new(id, title, "{0}", "ZfDecl", severity, isEnabledByDefault: true, helpLinkUri: $"{HelpBase}{id}.md");
}
