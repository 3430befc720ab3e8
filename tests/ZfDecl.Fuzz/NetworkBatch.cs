using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using ZfDecl.Generators.Emitting;
using ZfDecl.Generators.Model;
using ZfDecl.Generators.Resolving;
using ZfDecl.Generators.Tests;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Fuzz;

/// <summary>Many accepted networks, each in a namespace of its own, compiled together; small ones are run.</summary>
internal sealed class NetworkBatch(int mostRuns)
{
    private const long LargestRun = 200_000;
    private readonly List<(int Seed, string Text, ResolvedSpec Spec, SourceMap Map)> networks = [];

    public int Count => networks.Count;

    public int Ran { get; private set; }

    public void Add(int seed, string text, ResolvedSpec spec, SourceMap map) => networks.Add((seed, text, spec, map));

    /// <summary>What the compiler says of the generated code, and where the networks do not yield what is declared.</summary>
    public IEnumerable<Finding> Check()
    {
        var compilation = SpecDriver.Compilation(networks.SelectMany((network, i) => Sources(network.Spec, network.Map, $"N{i}")));
        foreach (var complaint in compilation.GetDiagnostics().Where(found => found.Severity >= DiagnosticSeverity.Warning).Take(20))
        {
            var source = complaint.Location.SourceTree?.ToString() ?? "";
            var index = Enumerable.Range(0, networks.Count).FirstOrDefault(i => source.Contains($"namespace N{i};", StringComparison.Ordinal));
            yield return Of(index, $"the compiler says {complaint.ToString()}: {complaint.Location.SourceTree?.GetText().Lines[complaint.Location.GetLineSpan().StartLinePosition.Line]}");
        }
        using var image = new MemoryStream();
        if (!compilation.Emit(image).Success)
            yield break;
        image.Position = 0;
        var context = new AssemblyLoadContext(null, isCollectible: true);
        var assembly = context.LoadFromStream(image);
        for (var i = 0; i < networks.Count && Ran < mostRuns; i++)
        {
            if (networks[i].Spec.Network.Layers.Sum(layer => layer.Output.Count + layer.Header.Parameters) > LargestRun || networks[i].Spec.Network.Input.Count > LargestRun)
                continue;
            Ran++;
            if (Run(assembly.GetType($"N{i}.{networks[i].Spec.Network.Name}", throwOnError: true)!) is { } problem)
                yield return Of(i, problem);
        }
        context.Unload();
    }

    private Finding Of(int index, string what) => new(networks[index].Seed, what, networks[index].Text);

    private static IEnumerable<string> Sources(ResolvedSpec spec, SourceMap map, string ns) =>
    [
        NetworkEmitter.Emit(spec.Network, ns), RecordingEmitter.Emit(spec.Network, ns), DeconvnetEmitter.Emit(spec.Network, ns), DeclarationEmitter.Emit(spec, ns), SourceEmitter.Emit(map, ns),
    ];

    private static string? Run(Type type)
    {
        try
        {
            using var scope = NewDisposeScope();
            using var net = (ConvNet)Activator.CreateInstance(type)!;
            net.eval();
            var info = net.Info;
            var images = rand(2, info.Input.Maps, info.Input.Height, info.Input.Width);
            var seen = net.Record(images);
            foreach (var layer in info.Layers)
            {
                var shape = seen.Activation(layer.Index).shape;
                long[] declared = [2, layer.Output.Maps, layer.Output.Height, layer.Output.Width];
                if (!declared.AsSpan().SequenceEqual(shape.Length == 2 ? [.. shape, 1, 1] : shape))
                    return $"layer {layer.Name} is declared as {layer.Output} and yields [{string.Join(", ", shape)}]";
            }
            if (net.call(images).shape is not [2, var scores] || scores != info.Classes)
                return $"the scores are not [2, {info.Classes}]";
            if (net.parameters().Sum(parameter => parameter.numel()) is var parameters && parameters != info.Parameters)
                return string.Format(CultureInfo.InvariantCulture, "{0} parameters are declared, and there are {1}", info.Parameters, parameters);
            using var deconvnet = net.CreateDeconvnet();
            var projection = deconvnet.Project(seen, info.Layers[^2].Index, 0);
            return projection.shape.AsSpan().SequenceEqual(images.shape) ? null : $"a projection is [{string.Join(", ", projection.shape)}]";
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return $"it throws {(e is TargetInvocationException { InnerException: { } inner } ? inner : e)}";
        }
    }
}
