using ZfDecl.Generators.Primitives;

namespace ZfDecl.Generators.Diagnostics;

/// <summary>Collects what is found wrong, so that all errors of a spec are reported at once; nobody reads more than a hundred, nor a hundred warnings.</summary>
internal sealed class DiagnosticBag
{
    private const int Most = 100;
    private readonly List<SpecDiagnostic> found = [];

    private int errors, warnings;

    public bool HasErrors => errors > 0;

    public IReadOnlyList<SpecDiagnostic> Found => found;

    public void Add(Code code, SourceSpan span, string message) => Add(new SpecDiagnostic(code, span, message));

    public void Add(SpecDiagnostic diagnostic)
    {
        ref var count = ref diagnostic.IsError ? ref errors : ref warnings;
        if (count == Most || found.Contains(diagnostic))
            return;
        count++;
        found.Add(diagnostic);
    }
}
