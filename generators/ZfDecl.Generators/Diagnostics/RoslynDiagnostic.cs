using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using ZfDecl.Generators.Primitives;

namespace ZfDecl.Generators.Diagnostics;

/// <summary>A finding as the compiler reports it.</summary>
internal static class RoslynDiagnostic
{
    public static Diagnostic ToDiagnostic(this SpecDiagnostic found, string? pages) => Diagnostic.Create(found.Code.Descriptor(pages), ToLocation(found.Span), found.Message);

    private static Location ToLocation(SourceSpan span) => Location.Create(
        span.File, TextSpan.FromBounds(span.Start, Math.Max(span.Start, span.End)), new LinePositionSpan(new(span.Line, span.Column), new(span.EndLine, span.EndColumn)));
}
