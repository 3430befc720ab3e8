using ZfDecl.Generators.Primitives;

namespace ZfDecl.Generators.Model;

/// <summary>What the list of networks is emitted from, in the order that it has there.</summary>
internal sealed record Registry(EquatableArray<string> Names, EquatableArray<BrokenNetwork> Broken)
{
    public Registry(IEnumerable<string> names, IEnumerable<BrokenNetwork> broken) : this(
        names.OrderBy(name => name, StringComparer.Ordinal).ToEquatableArray(),
        broken.OrderBy(one => one.SpecFile, StringComparer.Ordinal).ToEquatableArray())
    {
    }
}
