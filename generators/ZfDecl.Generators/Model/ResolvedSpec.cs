using ZfDecl.Generators.Language;
using ZfDecl.Generators.Primitives;

namespace ZfDecl.Generators.Model;

/// <summary>All that a spec says, decided. The network and the recipe are compared apart: an edited recipe emits no network again.</summary>
internal sealed record ResolvedSpec(ResolvedNetwork Network, ResolvedRecipe Recipe);

/// <summary>How a network is trained and looked at, every default filled in.</summary>
/// <param name="Data">Its folder of images, relative to the spec; empty where there is none.</param>
/// <param name="Sections">Training, preprocessing, visualising.</param>
/// <param name="Written">The keys that are written, not defaults: <c>train.batch</c>.</param>
internal sealed record ResolvedRecipe(string Data, EquatableArray<ResolvedSection> Sections, EquatableArray<string> Written);

/// <summary>A section of the recipe.</summary>
/// <param name="Word">Its key in a spec.</param>
/// <param name="Type">The runtime's record.</param>
/// <param name="Settings">Every key with its value.</param>
internal sealed record ResolvedSection(string Word, string Type, EquatableArray<WrittenSetting> Settings);
