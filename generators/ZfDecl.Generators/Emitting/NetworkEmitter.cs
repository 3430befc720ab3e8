using ZfDecl.Generators.Model;
using ZfDecl.Generators.Primitives;

namespace ZfDecl.Generators.Emitting;

/// <summary>Prints the network: its modules, its forward pass and the pass that records itself.</summary>
internal static class NetworkEmitter
{
    public static string Emit(ResolvedNetwork net, string ns)
    {
        var modules = net.Layers.Where(layer => layer.Module is not null).ToList();
        var steps = net.Steps().ToList();
        var parameters = net.Layers.Sum(layer => layer.Header.Parameters);
        var multiplyAdds = net.Layers.Sum(layer => layer.Header.MultiplyAdds);
        return $$"""
            {{Text.Header(net.SpecFile)}}
            using TorchSharp.Modules;
            using ZfDecl.Networks;
            using ZfDecl.Networks.Kernels;
            using static TorchSharp.torch;
            using F = TorchSharp.torch.nn.functional;

            namespace {{ns}};

            /// <summary>{{Text.Doc(net.Summary.Length > 0 ? net.Summary : $"The network {net.Name}.")}}</summary>
            /// <remarks>
            /// <para>{{Text.Count(parameters)}} parameters and {{Text.Count(multiplyAdds)}} multiply-adds an image, for {{For(net)}}. Declared in {{Text.Doc(net.SpecFile)}}.</para>
            /// <list type="table">
            /// <item><term>input</term><description>{{net.Input.Tensor}}</description></item>
            {{Text.Lines(0, net.Layers.Select(layer => $"/// <item><term>{layer.Name}</term><description>{layer.Output.Tensor}, {layer.Description}</description></item>"))}}
            /// </list>
            /// </remarks>
            public sealed partial class {{net.Name}} : ConvNet
            {
            {{Text.Lines(1, modules.Select(Field), "\n\n")}}

                /// <summary>Makes the network for the {{For(net)}} of its spec, with untrained weights.</summary>
                public {{net.Name}}() : this({{net.Classes}})
                {
                }

                /// <summary>Makes the network for another number of classes, with untrained weights.</summary>
                /// <param name="classes">The number of classes; at least 2.</param>
                public {{net.Name}}(int classes) : base(Declaration, classes)
                {
                    using var scope = NewDisposeScope();    // for what TorchSharp leaves behind when it draws the first weights
            {{Text.Lines(2, modules.Select(layer => $"{layer.Name} = {layer.Module!.Value.Construction};"))}}
                    RegisterComponents();
                }

                /// <summary>{{(net.Classes > 0 ? "Class scores, before the softmax: the loss takes them as they are." : "What the last layer yields.")}}</summary>
                /// <param name="images">{{net.Input.Tensor}}, preprocessed.</param>
                /// <returns>{{Yield(net)}}; the caller disposes it.</returns>
                public override Tensor forward(Tensor images)
                {
                    using var scope = NewDisposeScope();
            {{Text.Lines(2, net.IsChain ? ChainSteps(net, steps) : GraphSteps(net, steps))}}
                }

                /// <inheritdoc/>
                public override {{net.Name}}Recording Record(Tensor images) => ImageByImage.Record(images, RecordTogether);

                /// <inheritdoc/>
                protected override {{net.Name}}Recording RecordTogether(Tensor images)
                {
                    using var noGrad = no_grad();
                    using var scope = NewDisposeScope();
            {{Text.Lines(2, RecordSteps(net))}}
                    var recording = new {{net.Name}}Recording(
                        images.alias(),
                        [{{string.Join(", ", net.Layers.Select(layer => layer.Name))}}],
                        [{{string.Join(", ", net.Layers.Select(layer => layer.HasSwitches ? $"{layer.Name}Switches" : "null"))}}]);
                    recording.MoveToOuterDisposeScope();
                    return recording;
                }

                /// <inheritdoc/>
                protected override Tensor Evaluate(int layer, Tensor x) => layer switch
                {
            {{Text.Lines(2, net.Layers.Select((layer, index) => layer.Header.Inputs.Count == 1 ? Step($"{index} => {layer.Evaluate("x")},", layer.Output.Tensor) : null).OfType<string>())}}
                    _ => base.Evaluate(layer, x),
                };

            {{Joins(net)}}    /// <inheritdoc/>
                protected override Tensor? EvaluateValid(int layer, Tensor x) => layer switch
                {
            {{Text.Lines(2, net.Layers.Select((layer, index) => layer.Border != WindowBorder.OwnRule && layer.EvaluateValid("x") is { } slid ? Step($"{index} => {slid},", layer.Name) : null).OfType<string>())}}
                    _ => null,
                };

            {{FusedSteps(steps)}}{{Scales(net)}}    /// <inheritdoc/>
                public override {{net.Name}}Deconvnet CreateDeconvnet(DeconvnetOptions? options = null) => new(this, options);
            }

            """;
    }

    private static string For(ResolvedNetwork net) => net.Classes > 0 ? $"{net.Classes} classes" : "no classes";

    private static string Yield(ResolvedNetwork net) => net.Classes > 0 ? "[N, classes]" : net.Layers[net.Layers.Count - 1].Output.Tensor;

    /// <summary>In a chain each step takes what the one above has left in x.</summary>
    private static IEnumerable<string> ChainSteps(ResolvedNetwork net, List<ForwardStep> steps) =>
    [
        "var x = images;",
        .. steps.Select((step, index) => Step($"x = {step.Call("x")};", index == steps.Count - 1 ? Yield(net) : Results(step.Layers))),
        "return x.MoveToOuterDisposeScope();",
    ];

    /// <summary>In a graph each result has a name, and is freed behind its last reader. What a step overwrites lives on as its result.</summary>
    private static IEnumerable<string> GraphSteps(ResolvedNetwork net, List<ForwardStep> steps)
    {
        var readers = steps.SelectMany((step, index) => step.Layers[0].Header.Inputs.Select(input => (input, index))).ToLookup(pair => pair.input, pair => pair.index);
        for (var i = 0; i < steps.Count; i++)
        {
            var (step, inputs) = (steps[i], steps[i].Layers[0].Header.Inputs);
            yield return Step($"var {step.Last.Name} = {step.Call(Variables(net, inputs), "this.")};", i == steps.Count - 1 ? Yield(net) : Results(step.Layers));
            var overwritten = step.Last.RectifiesInPlace ? inputs[0] : step.Last.AddsTo >= 0 ? inputs[step.Last.AddsTo] : -1;
            foreach (var done in inputs.Distinct().Where(input => input >= 0 && readers[input].Max() == i && input != overwritten))
                yield return $"{net.Layers[done].Name}.Dispose();";
        }
        yield return $"return {steps[steps.Count - 1].Last.Name}.MoveToOuterDisposeScope();";
    }

    /// <summary>The variables of what goes into a layer.</summary>
    private static string Variables(ResolvedNetwork net, IEnumerable<int> inputs) => string.Join(", ", inputs.Select(input => input < 0 ? "images" : net.Layers[input].Name));

    /// <summary>The layers that join several inputs.</summary>
    private static string Joins(ResolvedNetwork net)
    {
        var joins = net.Layers.Select((layer, index) => (layer, index)).Where(pair => pair.layer.Header.Inputs.Count > 1).ToList();
        return joins.Count == 0 ? "" : $$"""
                /// <inheritdoc/>
                protected override Tensor Evaluate(int layer, IReadOnlyList<Tensor> inputs) => layer switch
                {
            {{Text.Lines(2, joins.Select(join => Step($"{join.index} => {join.layer.Evaluate(string.Join(", ", join.layer.Header.Inputs.Select((_, i) => $"inputs[{i}]")))},", join.layer.Output.Tensor)))}}
                    _ => base.Evaluate(layer, inputs),
                };


            """;
    }

    /// <summary>The layers that multiply each map by a factor.</summary>
    private static string Scales(ResolvedNetwork net)
    {
        var scales = net.Layers.Select((layer, index) => layer.Scale("") is { } scale ? Step($"{index} => {scale},", layer.Name) : null).OfType<string>().ToList();
        return scales.Count == 0 ? "" : $$"""
                /// <inheritdoc/>
                public override Tensor ScaleOf(LayerInfo layer) => layer.Index switch
                {
            {{Text.Lines(2, scales)}}
                    _ => base.ScaleOf(layer),
                };


            """;
    }

    private static string FusedSteps(List<ForwardStep> steps)
    {
        var fused = steps.Where(step => step.IsFused).ToList();
        return fused.Count == 0 ? "" : $$"""
                /// <inheritdoc/>
                protected override int FusedThrough(int layer) => layer switch
                {
            {{Text.Lines(2, fused.Select(step => Step($"{step.First} => {step.First + step.Layers.Count - 1},", Names(step.Layers))))}}
                    _ => layer,
                };

                /// <inheritdoc/>
                protected override Tensor RunFused(int layer, Tensor x, out RowMaxima? rows) => layer switch
                {
            {{Text.Lines(2, fused.Select(step => Step($"{step.First} => {step.Hooked("x")},", Results(step.Layers))))}}
                    _ => base.RunFused(layer, x, out rows),
                };


            """;
    }

    private static string Field(ResolvedLayer layer) => $"""
        /// <summary>{layer.Description}: {layer.Input.Tensor} to {layer.Output.Tensor}; {Text.Count(layer.Header.Parameters)} parameters, {Text.Count(layer.Header.MultiplyAdds)} multiply-adds an image. Declared at <see cref="Source.{layer.Property}"/>.</summary>
        public readonly {layer.Module!.Value.Type} {layer.Name};
        """;

    private static IEnumerable<string> RecordSteps(ResolvedNetwork net)
    {
        foreach (var layer in net.Layers)
        {
            var results = layer.HasSwitches ? $"({layer.Name}, {layer.Name}Switches)" : layer.Name;
            yield return Step($"var {results} = {layer.Record(Variables(net, layer.Header.Inputs))};", layer.Output.Tensor);
        }
    }

    private static string Results(EquatableArray<ResolvedLayer> layers) =>
        $"{(layers.Count == 1 ? "" : $"{Names(layers)}: ")}{layers[layers.Count - 1].Output.Tensor}";

    private static string Names(EquatableArray<ResolvedLayer> layers) => string.Join(", ", layers.Select(layer => layer.Name));

    private static string Step(string statement, string shape) => $"{statement,-88} // {shape}";
}
