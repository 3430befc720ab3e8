using ZfDecl.Generators.Kinds;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Yaml;

namespace ZfDecl.Generators.Reading;

/// <summary>A whole network as written, inheritance applied, with positions; nothing about shapes is decided.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Top">The keys at the top.</param>
/// <param name="Layers">The layers in order.</param>
internal sealed record NetworkSpec(ScalarNode Name, SettingValues Top, IReadOnlyList<LayerSpec> Layers);
