using ZfDecl.Generators.Primitives;

namespace ZfDecl.Generators.Diagnostics;

/// <summary>A finding as a value: it becomes a Roslyn diagnostic only when it is reported.</summary>
internal sealed record SpecDiagnostic(Code Code, SourceSpan Span, string Message)
{
    public bool IsError => Code.IsError;
}
