using ZfDecl.Generators.Language;

namespace ZfDecl.Generators.Reading;

/// <summary>A spec as written, with places: its top is read, its layers are known by kind and name, and nothing about shapes is decided.</summary>
/// <param name="Top">The keys at the top.</param>
/// <param name="Layers">The layers in order.</param>
internal sealed record NetworkSpec(Settings Top, IReadOnlyList<LayerSpec> Layers);
