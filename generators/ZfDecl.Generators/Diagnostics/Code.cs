using Microsoft.CodeAnalysis;

namespace ZfDecl.Generators.Diagnostics;

/// <summary>A code of the table in <see cref="Codes"/>: its number, its severity, and what its help page says of it.</summary>
internal sealed class Code(string id, DiagnosticSeverity severity, string title)
{
    public string Id => id;

    public DiagnosticSeverity Severity => severity;

    public string Title => title;

    public DiagnosticDescriptor Descriptor { get; } = new(id, title, "{0}", "ZfDecl", severity, isEnabledByDefault: true);
}
