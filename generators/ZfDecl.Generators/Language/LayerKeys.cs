using ZfDecl.Generators.Primitives;

namespace ZfDecl.Generators.Language;

/// <summary>The keys that a layer of any kind may have.</summary>
internal static class LayerKeys
{
    /// <summary>The name of the image, among those of layers: no layer can have it.</summary>
    public const string Image = "images";

    private const string Name = "from";

    /// <summary>Of a layer with one input.</summary>
    public static Key<EquatableArray<string>> From { get; } =
        Keys.Of(Name, $"The layer whose output goes in, or '{Image}'; the one above where left out.", new LayerNamesType(1, 1)).Dependent();

    /// <summary>Of a layer that joins several.</summary>
    public static Key<EquatableArray<string>> FromSeveral { get; } =
        Keys.Of(Name, $"The layers whose outputs it joins, in order; '{Image}' stands for the image.", new LayerNamesType(2, int.MaxValue)).Required();
}
