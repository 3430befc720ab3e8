using ZfDecl.Generators.Kinds;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Primitives;
using ZfDecl.Generators.Yaml;

namespace ZfDecl.Generators.Reading;

/// <summary>One network as a file writes it: a whole one, or what differs from the one it extends.</summary>
/// <param name="Span">All of its text, with the variants of its file.</param>
/// <param name="Name">Its name.</param>
/// <param name="Base">The name of the network it extends, where it is written; null for a whole network.</param>
/// <param name="Top">The keys it writes.</param>
/// <param name="Layers">The layers it writes, in order; empty where it extends another.</param>
internal sealed record DeclaredNetwork(SourceSpan Span, ScalarNode Name, ScalarNode? Base, SettingValues Top, IReadOnlyList<LayerSpec> Layers)
{
    /// <summary>Whether a span is this network's: not another's, nor one of the variants that stand in its file.</summary>
    public bool Owns(SourceSpan span) => Span.Contains(span) && !(Top.IsWritten(SpecKeys.Variants) && Top.SpanOf(SpecKeys.Variants).Contains(span));
}
