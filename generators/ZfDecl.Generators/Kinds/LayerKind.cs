using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;
using ZfDecl.Generators.Primitives;

namespace ZfDecl.Generators.Kinds;

/// <summary>
/// A kind of layer: its word, its keys, its documentation, and the rule that makes a resolved layer of it. A kind is one file under Kinds/;
/// adding one adds that file, and <see cref="All"/> finds it.
/// </summary>
internal abstract class LayerKind
{
    /// <summary>Every kind, in the order of their words.</summary>
    public static IReadOnlyList<LayerKind> All { get; } =
    [
        .. typeof(LayerKind).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(LayerKind)) && type.GetConstructor(Type.EmptyTypes) is not null)
            .Select(type => (LayerKind)Activator.CreateInstance(type)!)
            .OrderBy(kind => kind.Word, StringComparer.Ordinal),
    ];

    /// <summary>The word of a spec, for example <c>conv</c>.</summary>
    public abstract string Word { get; }

    /// <summary>What it does, in a sentence or two.</summary>
    public abstract string Summary { get; }

    /// <summary>What its layers do in a network.</summary>
    public abstract LayerRole Role { get; }

    /// <summary>What may be written beside the name, but for the layers that go in.</summary>
    public abstract IReadOnlyList<Key> Keys { get; }

    /// <summary>The key of the layers that go in.</summary>
    public virtual Key<EquatableArray<string>> From => LayerKeys.From;

    /// <summary>All that may be written beside the name.</summary>
    public IReadOnlyList<Key> EveryKey => field ??= [.. Keys, From];

    /// <summary>Whether it takes feature maps alone: after a flatten or dense layer it is an error.</summary>
    public virtual bool TakesMaps => false;

    /// <summary>Whether it takes a row of units: a flatten is put before it where feature maps come in.</summary>
    public virtual bool TakesUnits => false;

    /// <summary>Whether its maps, or units, are those of its one input, and it has no parameters: a map a class stays a map a class.</summary>
    public virtual bool KeepsMaps => false;

    /// <summary>Whether a layer with these settings makes one map, or unit, a class.</summary>
    public virtual bool MakesMapPerClass(SettingValues settings, int classes) => false;

    /// <summary>Decides everything about a layer; what stands for it after an error, which it has reported.</summary>
    public abstract ResolvedLayer Resolve(LayerContext layer);

    /// <summary>What a layer yields as far as its settings say, where it could not be resolved.</summary>
    public virtual Shape Declared(LayerContext layer) => layer.Input;

    public static LayerKind? Find(string word) => All.FirstOrDefault(kind => kind.Word == word);
}
