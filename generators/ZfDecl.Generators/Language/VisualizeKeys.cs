using ZfDecl.Generators.Primitives;
using static ZfDecl.Generators.Language.Keys;

namespace ZfDecl.Generators.Language;

/// <summary>The keys of <c>visualize:</c>.</summary>
internal static class VisualizeKeys
{
    public static Key<EquatableArray<string>> Layers { get; } =
        Of("layers", "The layers that get a sheet; every conv layer where left out.", new ListType<string>(new TextType("the name of a layer"), names => $"[{string.Join(", ", names)}]")).Dependent();

    public static Key<int> Top { get; } = Integer("top", "How many of the strongest activations of each feature map are shown.", 1, 100).Default(9);

    public static Section Section { get; } = new("visualize", "VisualizeRecipe", "What is shown of the trained network.",
    [
        Layers,
        Top,
    ]);
}
