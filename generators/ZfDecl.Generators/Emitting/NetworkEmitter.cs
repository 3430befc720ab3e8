using ZfDecl.Generators.Model;
using ZfDecl.Generators.Primitives;

namespace ZfDecl.Generators.Emitting;

/// <summary>Prints the network: its modules, its forward pass and the pass that records itself.</summary>
internal static class NetworkEmitter
{
    public static string Emit(ResolvedNetwork net, string ns)
    {
        var modules = net.Layers.Where(layer => layer.Module is not null).ToList();
        var steps = net.Steps("x").ToList();
        var scores = steps[steps.Count - 1];
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
            /// <para>{{Text.Count(parameters)}} parameters and {{Text.Count(multiplyAdds)}} multiply-adds an image, for {{net.Classes}} classes. Declared in {{Text.Doc(net.SpecFile)}}.</para>
            /// <list type="table">
            /// <item><term>input</term><description>{{net.Input.Tensor}}</description></item>
            {{Text.Lines(0, net.Layers.Select(layer => $"/// <item><term>{layer.Name}</term><description>{layer.Output.Tensor}, {layer.Description}</description></item>"))}}
            /// </list>
            /// </remarks>
            public sealed partial class {{net.Name}} : ConvNet
            {
            {{Text.Lines(1, modules.Select(Field), "\n\n")}}

                /// <summary>Makes the network for the {{net.Classes}} classes of its spec, with untrained weights.</summary>
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

                /// <summary>Class scores, before the softmax: the loss takes them as they are.</summary>
                /// <param name="images">{{net.Input.Tensor}}, preprocessed.</param>
                /// <returns>[N, classes]; the caller disposes it.</returns>
                public override Tensor forward(Tensor images)
                {
                    using var scope = NewDisposeScope();
                    var x = images;
            {{Text.Lines(2, steps.Select(step => Step($"x = {step.Call};", step == scores ? "[N, classes]" : Results(step.Layers))))}}
                    return x.MoveToOuterDisposeScope();
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
            {{Text.Lines(2, net.Layers.Select((layer, index) => Step($"{index} => {layer.Evaluate("x")},", layer.Output.Tensor)))}}
                    _ => base.Evaluate(layer, x),
                };

                /// <inheritdoc/>
                protected override Tensor? EvaluateValid(int layer, Tensor x) => layer switch
                {
            {{Text.Lines(2, net.Layers.Select((layer, index) => layer.Border != WindowBorder.OwnRule && layer.EvaluateValid("x") is { } slid ? Step($"{index} => {slid},", layer.Name) : null).OfType<string>())}}
                    _ => null,
                };

            {{FusedSteps(steps)}}    /// <inheritdoc/>
                public override {{net.Name}}Deconvnet CreateDeconvnet(DeconvnetOptions? options = null) => new(this, options);
            }

            """;
    }

    private static string FusedSteps(IReadOnlyList<ForwardStep> steps)
    {
        var fused = steps.Where(step => step.Hooked is not null).ToList();
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
            {{Text.Lines(2, fused.Select(step => Step($"{step.First} => {step.Hooked},", Results(step.Layers))))}}
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
        var before = "images";
        foreach (var layer in net.Layers)
        {
            var results = layer.HasSwitches ? $"({layer.Name}, {layer.Name}Switches)" : layer.Name;
            yield return Step($"var {results} = {layer.Record(before)};", layer.Output.Tensor);
            before = layer.Name;
        }
    }

    private static string Results(EquatableArray<ResolvedLayer> layers) =>
        $"{(layers.Count == 1 ? "" : $"{Names(layers)}: ")}{layers[layers.Count - 1].Output.Tensor}";

    private static string Names(EquatableArray<ResolvedLayer> layers) => string.Join(", ", layers.Select(layer => layer.Name));

    private static string Step(string statement, string shape) => $"{statement,-88} // {shape}";
}
