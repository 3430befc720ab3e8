using ZfDecl.Generators.Diagnostics;

namespace ZfDecl.Generators.Reading;

/// <summary>Collects what is found wrong, so that all errors of a spec are reported at once.</summary>
internal sealed class Report
{
    private readonly List<SpecDiagnostic> found = [];

    public bool HasErrors { get; private set; }

    public IReadOnlyList<SpecDiagnostic> Found => found;

    public void Add(Code code, SourceSpan span, string message)
    {
        var diagnostic = new SpecDiagnostic(code, span, message);
        if (found.Contains(diagnostic))
            return;
        found.Add(diagnostic);
        HasErrors |= diagnostic.IsError;
    }
}
