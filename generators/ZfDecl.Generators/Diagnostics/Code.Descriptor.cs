using Microsoft.CodeAnalysis;

namespace ZfDecl.Generators.Diagnostics;

/// <content>What the compiler is told of a code.</content>
internal sealed partial class Code
{
    public DiagnosticSeverity Severity => isError ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;

    /// <summary>The code with a link to its page, which works offline and is about this version.</summary>
    /// <param name="pages">The folder of the pages, which the project names; null for no link.</param>
    public DiagnosticDescriptor Descriptor(string? pages) => new(Id, title, "{0}", "ZfDecl", Severity, isEnabledByDefault: true, helpLinkUri: pages is null ? null : new Uri(Path.Combine(pages, $"{Id}.md")).AbsoluteUri);
}
