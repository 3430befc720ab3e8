using ZfDecl.Generators.Model;
using ZfDecl.Generators.Primitives;

namespace ZfDecl.Generators.Emitting;

/// <summary>Prints the deconvnet: the network from the top down, and a typed entrance for each layer.</summary>
internal static class DeconvnetEmitter
{
    public static string Emit(ResolvedNetwork net, string ns)
    {
        var steps = Text.Lines(2, net.IsChain ? ChainSteps(net) : GraphSteps(net));
        return $$"""
            {{Text.Header(net.SpecFile)}}
            using ZfDecl.Networks;{{(UsesKernels(steps) ? "\nusing ZfDecl.Networks.Kernels;" : "")}}
            using static TorchSharp.torch;
            using F = TorchSharp.torch.nn.functional;

            namespace {{ns}};

            /// <summary>The deconvnet paired with <see cref="{{net.Name}}"/>: it takes a feature map's activation down to pixels (Zeiler &amp; Fergus 2014, §2.1).</summary>
            /// <remarks>Declared in {{Text.Doc(net.SpecFile)}}.</remarks>
            public sealed partial class {{net.Name}}Deconvnet : Deconvnet
            {
                private readonly {{net.Name}} net;

                /// <param name="net">The network whose weights it uses; it must outlive the deconvnet.</param>
                /// <param name="options">The rules; the paper's where null.</param>
                public {{net.Name}}Deconvnet({{net.Name}} net, DeconvnetOptions? options = null) : base({{net.Name}}.Declaration, options) => this.net = net;

            {{Text.Lines(1, net.Layers.Select((layer, index) => layer.HasFeatures ? Entrance(net, layer, index) : null).OfType<string>(), "\n\n")}}

                /// <inheritdoc/>
                protected override Tensor BackProject(Recording recording, Tensor signal, int layer) => BackProject(({{net.Name}}Recording)recording, signal, layer);

                private Tensor BackProject({{net.Name}}Recording recording, Tensor signal, int layer)
                {
            {{steps}}
                }
            }

            """;
    }

    private static bool UsesKernels(string steps) => steps.Contains("BatchNormScale.") || steps.Contains("PaddedPooling.");

    private static string Entrance(ResolvedNetwork net, ResolvedLayer layer, int index) => $"""
        /// <summary>Projects a unit of {layer.Name} ({(layer.Output.Flat ? "units" : "maps")} 0 … {layer.Output.Maps - 1}{(net.Readout(index) == index ? "" : $", read behind {net.Layers[net.Readout(index)].Name}")}) down to {net.Input.Tensor}.</summary>
        /// <inheritdoc cref="Deconvnet.Project(Recording, int, int, UnitPosition?)"/>
        public Tensor From{layer.Property}({net.Name}Recording recording, int map, UnitPosition? at = null) => Project(recording, {index}, map, at);
        """;

    private static IEnumerable<string> ChainSteps(ResolvedNetwork net) => ["var x = signal;", .. net.Layers.Select(Step).Reverse(), "return x;"];

    /// <summary>In a graph a signal waits at each layer until all its readers have added theirs.</summary>
    private static IEnumerable<string> GraphSteps(ResolvedNetwork net) =>
        ["var signals = new BackwardSignals(layer, signal);", .. net.Layers.Select((layer, index) => GraphStep(layer, index)).Reverse(), "return signals.Image;"];

    private static string GraphStep(ResolvedLayer layer, int index)
    {
        if (layer.Backward == BackwardStep.None)
            return $"// {layer.Name} has no way back";
        var steps = layer.Header.Inputs.Select((input, i) => $"signals.Add({(input < 0 ? "LayerInfo.Image" : $"{input}")}, {layer.BackProject(layer.Name, i)});").ToList();
        var taken = $"{$"if (signals.Take({index}) is {{ }} {layer.Name})",-80} // {layer.Output.Tensor}";
        return steps is [var only] ? $"{taken}\n    {only}" : $"{taken}\n{{\n{Text.Lines(1, steps)}\n}}";
    }

    private static string Step(ResolvedLayer layer, int index) => layer.BackProject("x") is { } step
        ? $"if (layer >= {index})\n    x = {step + ";",-80} // {layer.Name}: {layer.Input.Tensor}"
        : $"// {layer.Name} {(layer.Backward == BackwardStep.None ? "has no way back" : "is the identity here")}";
}
