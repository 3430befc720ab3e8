using ZfDecl.Generators.Language;

namespace ZfDecl.Generators.Reading;

/// <summary>One network as a file writes it: a whole one, or what differs from the one it extends.</summary>
/// <param name="Span">All of its text: what is found outside of it is somebody else's.</param>
/// <param name="Name">Its name.</param>
/// <param name="Base">The name of the network it extends, where it is written; null for a whole network.</param>
/// <param name="Top">The keys it writes.</param>
/// <param name="Layers">The layers it writes, in order; empty where it extends another.</param>
internal sealed record NetworkDraft(SourceSpan Span, ScalarNode Name, ScalarNode? Base, Settings Top, IReadOnlyList<LayerSpec> Layers);
