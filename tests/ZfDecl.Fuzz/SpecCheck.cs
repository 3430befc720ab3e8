using Microsoft.CodeAnalysis.Text;
using ZfDecl.Generators;
using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Emitting;
using ZfDecl.Generators.Model;
using ZfDecl.Generators.Reading;
using ZfDecl.Generators.Tests;

namespace ZfDecl.Fuzz;

/// <summary>Reads and resolves one spec among the shipped ones, and checks what must hold whatever stands in it.</summary>
internal static class SpecCheck
{
    private const string File = SpecDriver.Root + "specs/fuzz.yaml";
    private static readonly ProjectOptions Project = new(SpecDriver.Namespace, SpecDriver.Root);
    private static readonly IReadOnlyList<SpecFile> Shipped = [.. Corpus.Shipped.Select(spec => SpecCompiler.Read(SpecDriver.Root + spec.Path, spec.Text))];

    public static CompiledFile Compile(string text)
    {
        var file = SpecCompiler.Read(File, text);
        return SpecCompiler.Compile(new SpecIndex([.. Shipped, file]).ChainOf(file), Project);
    }

    /// <summary>What is wrong with what became of a spec.</summary>
    public static IEnumerable<string> Problems(string text, CompiledFile compiled)
    {
        if (compiled.Networks.Count < Math.Max(1, SpecCompiler.Read(File, text).Declared.Count) && !compiled.Diagnostics.Any(found => found.IsError))
            yield return "a network of it is missing, and no error says why";
        var lines = SourceText.From(text).Lines;
        foreach (var found in compiled.Diagnostics)
        {
            var span = found.Span;
            if (span.File != File || span.Start < 0 || span.End < span.Start || span.End > text.Length)
                yield return $"{found.Code.Id} stands at {span}, outside of the {text.Length} characters";
            else if (lines.GetLinePosition(span.Start) != new LinePosition(span.Line, span.Column) || lines.GetLinePosition(span.End) != new LinePosition(span.EndLine, span.EndColumn))
                yield return $"{found.Code.Id} stands at {span}, which is {lines.GetLinePosition(span.Start)} to {lines.GetLinePosition(span.End)}";
            else if (!IsAtItsPlace(text, found))
                yield return $"{found.Code.Id} says {found.Message}, where {text[span.Start..span.End]} stands";
        }
        foreach (var network in compiled.Networks)
        {
            if (RoundTrip(network.Spec) is { } problem)
                yield return problem;
        }
    }

    /// <summary>The unknown key that a message names must be what stands at its place, escapes, anchors, parameters and folded space aside.</summary>
    private static bool IsAtItsPlace(string text, SpecDiagnostic found)
    {
        var key = string.Concat(text[found.Span.Start..found.Span.End].TrimEnd('"', '\'').Where(c => !char.IsWhiteSpace(c)));
        var name = string.Concat(found.Message[(found.Message.IndexOf("no key '", StringComparison.Ordinal) + 8)..].Where(c => !char.IsWhiteSpace(c)));
        return found.Code != Codes.UnknownKey || key.AsSpan().ContainsAny("\\'&!{") || name.StartsWith(key.TrimStart('"'), StringComparison.Ordinal);
    }

    /// <summary>The printed spec must read back to an equal network and recipe.</summary>
    private static string? RoundTrip(ResolvedSpec spec)
    {
        var printed = SpecPrinter.Print(spec);
        var file = SpecCompiler.Read(SpecDriver.Root + spec.Network.SpecFile, printed);
        var again = SpecCompiler.Compile(new SpecIndex([file]).ChainOf(file), Project);
        if (again.Networks is not [var network] || again.Diagnostics.Any(found => found.IsError))
            return $"its resolved spec is not accepted: {string.Join("; ", again.Diagnostics.Select(found => found.Message))}\n{printed}";
        return network.Spec.Network.Equals(spec.Network) && network.Spec.Recipe.Sections.Equals(spec.Recipe.Sections) && network.Spec.Recipe.Data == spec.Recipe.Data
            ? null
            : $"its resolved spec reads back to another network:\n{printed}\n{SpecPrinter.Print(network.Spec)}";
    }
}
