using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace ZfDecl.Generators.Diagnostics;

/// <content>What the compiler is told of a code.</content>
internal sealed partial class Code
{
    public DiagnosticSeverity Severity => isError ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;

    public DiagnosticDescriptor Descriptor { get; } = new(id, title, "{0}", "ZfDecl", isError ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: PageOf(id));

    // The generator is always built from a checkout, whose pages lie beside this source: a link to them works offline, and is about this version.
    private static string PageOf(string id, [CallerFilePath] string thisFile = "") => new Uri(Path.GetFullPath(Path.Combine(thisFile, "..", "..", "docs", $"{id}.md"))).AbsoluteUri;
}
