using ZfDecl.Generators.Primitives;
using ZfDecl.Generators.Resolving;

namespace ZfDecl.Generators.Emitting;

/// <summary>Prints the way back from a network to the lines of its spec.</summary>
internal static class SourceEmitter
{
    public static string Emit(SourceMap map, string ns) => $$"""
        {{Text.Header(map.SpecFile)}}
        using ZfDecl.Networks;

        namespace {{ns}};

        public sealed partial class {{map.Name}}
        {
            /// <summary>Where the network is declared, and each layer that a spec writes for it; those of a base stand in the base's file.</summary>
            public static class Source
            {
        {{Text.Lines(2, [Member(map.Name, map.SpecFile, map.Line), .. map.Layers.Select(one => Member(Names.PropertyOf(one.Layer), one.File, one.Line))], "\n\n")}}
            }
        }

        """;

    private static string Member(string name, string file, int line) => $"""
        /// <summary>{Text.Doc(file)}, line {line}.</summary>
        public static SourceLine {name} => new({Text.Quote(file)}, {line});
        """;
}
