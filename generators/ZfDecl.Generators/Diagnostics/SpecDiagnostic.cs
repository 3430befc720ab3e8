using Microsoft.CodeAnalysis;
using ZfDecl.Generators.Reading;

namespace ZfDecl.Generators.Diagnostics;

/// <summary>A finding as a value: it becomes a Roslyn diagnostic only when it is reported.</summary>
internal sealed record SpecDiagnostic(Code Code, SourceSpan Span, string Message)
{
    public bool IsError => Code.Severity == DiagnosticSeverity.Error;

    public Diagnostic ToDiagnostic() => Diagnostic.Create(Code.Descriptor, Span.ToLocation(), Message);
}
