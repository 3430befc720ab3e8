using Microsoft.CodeAnalysis;

namespace ZfDecl.Generators.Diagnostics;

/// <content>What the compiler is told of a code.</content>
internal sealed partial class Code
{
    /// <summary>Where the help pages are, one a code.</summary>
    private const string HelpBase = "https://github.com/zfdecl/zfdecl/blob/main/generators/ZfDecl.Generators/docs/";

    public DiagnosticSeverity Severity => isError ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;

    public DiagnosticDescriptor Descriptor { get; } = new(id, title, "{0}", "ZfDecl", isError ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: $"{HelpBase}{id}.md");
}
