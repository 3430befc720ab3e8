using ZfDecl.Generators.Model;
using ZfDecl.Generators.Primitives;
using ZfDecl.Generators.Reading;

namespace ZfDecl.Generators.Resolving;

/// <summary>
/// Where a network stands, and each layer that is written for it. Apart from <see cref="ResolvedNetwork"/>, which knows no positions: shifted
/// lines emit this map again and nothing else.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="SpecFile">Its file, relative to the project's root.</param>
/// <param name="Line">The line of its name, from 1.</param>
/// <param name="Layers">Its layers in order, without those that are implied.</param>
internal sealed record SourceMap(string Name, string SpecFile, int Line, EquatableArray<LayerLine> Layers)
{
    public static SourceMap Of(NetworkSpec spec, ProjectOptions project) => new(
        spec.Name.Text,
        project.Relative(spec.Name.Span.File),
        spec.Name.Span.Line + 1,
        spec.Layers.Select(layer => new LayerLine(layer.Name.Text, project.Relative(layer.Name.Span.File), layer.Name.Span.Line + 1)).ToEquatableArray());
}

/// <summary>Where a layer is written or, in a variant that changes it, changed.</summary>
/// <param name="Layer">Its name.</param>
/// <param name="File">The file, relative to the project's root: a base's for what is inherited.</param>
/// <param name="Line">The line, from 1.</param>
internal readonly record struct LayerLine(string Layer, string File, int Line);
