using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;

namespace ZfDecl.Generators.Kinds;

/// <summary>What stands for the kind of a layer that could not be read, which is reported: a layer of which nothing is known holds its place.</summary>
internal sealed class Unreadable : LayerKind
{
    private Unreadable()
    {
    }

    public static Unreadable Instance { get; } = new();

    public override string Word => "";

    public override string Summary => "";

    public override LayerRole Role => LayerRole.Other;

    public override IReadOnlyList<Key> Keys => [];

    public override ResolvedLayer Resolve(LayerContext layer) => layer.Failed;

    public override Shape Declared(LayerContext layer) => Shape.Unknown;
}
