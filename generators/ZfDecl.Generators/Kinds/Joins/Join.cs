using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;
using ZfDecl.Generators.Primitives;

namespace ZfDecl.Generators.Kinds.Joins;

/// <summary>What the kinds that join several inputs share: their shapes must agree, and their units must lie on one grid.</summary>
internal abstract class Join : LayerKind
{
    public sealed override Key<EquatableArray<string>> From => LayerKeys.FromSeveral;

    public override IReadOnlyList<Key> Keys { get; } = [];

    public sealed override ResolvedLayer Resolve(LayerContext layer)
    {
        if (layer.Inputs.Skip(1).FirstOrDefault(input => !Agrees(layer.Inputs[0].Shape, input.Shape)) is { } other)
            return layer.Fail(Codes.ShapesDisagree, layer.Settings.SpanOf(From), $"{Describe(layer.Inputs[0])} and {Describe(other)} do not {Verb}: {Rule}");
        if (layer.Inputs.Any(input => !input.Shape.HasExtent))
            return layer.Failed;
        if (Field.Union(layer.Inputs.Select(input => (input.Field, input.Shape)), out var apart) is { } field)
            return Decide(layer, field);
        var (one, two) = (layer.Inputs[0], layer.Inputs[apart]);
        return layer.Fail(Codes.StridesDisagree, layer.Settings.SpanOf(From),
            $"one unit of '{one.Name}' is {one.Field.Stride} pixels from the next, one of '{two.Name}' {two.Field.Stride}: units that lie apart would be joined; give both ways the same strides");
    }

    /// <summary>What it does, for a message: "add up".</summary>
    protected abstract string Verb { get; }

    /// <summary>What is asked of the shapes, with a remedy, for a message.</summary>
    protected abstract string Rule { get; }

    /// <summary>Whether a further input may join the first one.</summary>
    protected abstract bool Agrees(Shape first, Shape other);

    protected abstract ResolvedLayer Decide(LayerContext layer, Field field);

    private static string Describe(LayerSource source) => $"{source.Shape} from '{source.Name}'";
}
