using ZfDecl.Generators;
using ZfDecl.Generators.Primitives;

namespace ZfDecl.Interchange.Specs;

/// <summary>A spec that is compiled by itself, without the others of a project.</summary>
internal static class StandaloneSpec
{
    /// <summary>Compiles it.</summary>
    /// <param name="text">The spec.</param>
    /// <param name="name">The name of its network.</param>
    public static CompiledFile Compile(string text, string name) =>
        SpecCompiler.Compile(new(SpecCompiler.Read($"specs/{name}.yaml", text), EquatableArray<SpecFile>.Empty, EquatableArray<string>.Empty, MayBeUnread: false), new("ZfDecl.Models", ""));

    /// <summary>The one network of a spec; null where it has an error, or declares another number of networks.</summary>
    public static CompiledNetwork? TryCompile(string text, string name)
    {
        var compiled = Compile(text, name);
        return compiled.Networks.Count == 1 && !compiled.Diagnostics.Any(found => found.IsError) ? compiled.Networks[0] : null;
    }
}
