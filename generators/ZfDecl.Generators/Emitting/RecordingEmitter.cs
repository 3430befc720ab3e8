using ZfDecl.Generators.Model;
using ZfDecl.Generators.Primitives;

namespace ZfDecl.Generators.Emitting;

/// <summary>Prints the recording: a typed property for each activation and each set of switches.</summary>
internal static class RecordingEmitter
{
    public static string Emit(ResolvedNetwork net, string ns) => $$"""
        {{Text.Header(net.SpecFile)}}
        using ZfDecl.Networks;
        using static TorchSharp.torch;

        namespace {{ns}};

        /// <summary>One forward pass of <see cref="{{net.Name}}"/>, kept: what each layer yields, and the switches of each max pooling.</summary>
        /// <remarks>Declared in {{Text.Doc(net.SpecFile)}}.</remarks>
        public sealed partial class {{net.Name}}Recording : Recording
        {
            internal {{net.Name}}Recording(Tensor images, Tensor[] activations, Tensor?[] switches)
                : base({{net.Name}}.Declaration, images, activations, switches)
            {
            }

        {{Text.Lines(1, net.Layers.SelectMany(Properties), "\n\n")}}

            /// <inheritdoc/>
            protected override {{net.Name}}Recording Create(Tensor images, Tensor[] activations, Tensor?[] switches) => new(images, activations, switches);
        }

        """;

    private static IEnumerable<string> Properties(ResolvedLayer layer, int index)
    {
        yield return $"""
            /// <summary>{layer.Description}: {layer.Output.Tensor}.</summary>
            public Tensor {layer.Property} => Activation({index});
            """;
        if (layer.HasSwitches)
        {
            yield return $"""
                /// <summary>Where each maximum of {layer.Name} came from: {layer.Output.Tensor}, int64, y · {layer.Input.Width} + x in a map of {layer.Input.Height}×{layer.Input.Width}.</summary>
                public Tensor {layer.Property}Switches => Switches({index});
                """;
        }
    }
}
