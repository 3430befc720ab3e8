using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Model;
using ZfDecl.Generators.Primitives;
using ZfDecl.Generators.Resolving;

namespace ZfDecl.Generators;

/// <summary>What became of a file: its networks, and what was found; warnings can stand beside a network.</summary>
internal sealed record CompiledFile(EquatableArray<CompiledNetwork> Networks, EquatableArray<BrokenNetwork> Broken, EquatableArray<SpecDiagnostic> Diagnostics);

/// <summary>A network without errors, and where it comes from.</summary>
/// <param name="Spec">What it is.</param>
/// <param name="Map">Where it stands, line by line.</param>
/// <param name="NameSpan">The position of its name.</param>
internal sealed record CompiledNetwork(ResolvedSpec Spec, SourceMap Map, SourceSpan NameSpan)
{
    public NetworkId Id => new(Map.Name, NameSpan.File);
}
