using Microsoft.CodeAnalysis;
using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Emitting;
using ZfDecl.Generators.Model;
using ZfDecl.Generators.Primitives;
using ZfDecl.Generators.Reading;

namespace ZfDecl.Generators;

/// <summary>Compiles every spec, YAML below <c>specs/</c> among the additional files, into typed networks.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class SpecGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var project = context.AnalyzerConfigOptionsProvider
            .Select((options, _) => ProjectOptions.Read(options.GlobalOptions));

        var files = context.AdditionalTextsProvider
            .Combine(project)
            .Where(pair => pair.Right.IsSpec(pair.Left.Path))
            .Select((pair, cancel) => SpecCompiler.Read(pair.Left.Path, pair.Left.GetText(cancel)?.ToString() ?? ""))
            .WithTrackingName(Steps.Read);

        var compiled = files
            .Combine(files.Collect().Select((all, _) => new SpecIndex(all)))
            .Select((pair, _) => pair.Right.ChainOf(pair.Left))
            .Combine(project)
            .Select((pair, _) => SpecCompiler.Compile(pair.Left, pair.Right))
            .WithTrackingName(Steps.Compile);

        var names = compiled.Collect()
            .Select((all, _) => NetworkNames.Check(all));

        var owners = names
            .Select((found, _) => found.Owners);

        var registry = names.Combine(compiled.Select((file, _) => file.Broken).Collect())
            .Select((pair, _) => new Registry(pair.Left.Owners.Select(owner => owner.Name), pair.Right.SelectMany(broken => broken).Concat(pair.Left.Broken)));

        var networks = compiled
            .SelectMany((file, _) => file.Networks)
            .Combine(owners)
            .Where(pair => pair.Right.Contains(pair.Left.Id))
            .Select((pair, _) => pair.Left);

        var structures = networks.Select((network, _) => network.Spec.Network).WithTrackingName(Steps.Structures);
        var specs = networks.Select((network, _) => network.Spec).WithTrackingName(Steps.Specs);
        var maps = networks.Select((network, _) => network.Map).WithTrackingName(Steps.Maps);

        context.RegisterSourceOutput(compiled.Select((file, _) => file.Diagnostics).Combine(project), Report);
        context.RegisterSourceOutput(names.Select((found, _) => found.Diagnostics).Combine(project), Report);
        context.RegisterSourceOutput(structures.Combine(project), (output, pair) =>
        {
            var (net, ns) = (pair.Left, pair.Right.Namespace);
            output.AddSource($"{net.Name}.g.cs", NetworkEmitter.Emit(net, ns));
            output.AddSource($"{net.Name}.Recording.g.cs", RecordingEmitter.Emit(net, ns));
            output.AddSource($"{net.Name}.Deconvnet.g.cs", DeconvnetEmitter.Emit(net, ns));
        });
        context.RegisterSourceOutput(specs.Combine(project), (output, pair) =>
            output.AddSource($"{pair.Left.Network.Name}.Declaration.g.cs", DeclarationEmitter.Emit(pair.Left, pair.Right.Namespace)));
        context.RegisterSourceOutput(maps.Combine(project), (output, pair) =>
            output.AddSource($"{pair.Left.Name}.Source.g.cs", SourceEmitter.Emit(pair.Left, pair.Right.Namespace)));
        context.RegisterSourceOutput(registry.Combine(project), (output, pair) =>
            output.AddSource("DeclaredNetworks.g.cs", RegistryEmitter.Emit(pair.Left, pair.Right.Namespace)));
        context.RegisterSourceOutput(project, (output, options) => output.AddSource("NetworkRegistry.g.cs", RegistryEmitter.EmitMark(options)));
    }

    /// <summary>Where what is broken is left out, it is who runs the program that hears of its errors, from the registry.</summary>
    private static void Report(SourceProductionContext output, (EquatableArray<SpecDiagnostic> Found, ProjectOptions Project) all)
    {
        foreach (var diagnostic in all.Found.Where(found => !(found.IsError && all.Project.LeavesBrokenOut)))
            output.ReportDiagnostic(diagnostic.ToDiagnostic(all.Project.Pages));
    }

    /// <summary>Names of the pipeline's steps, for the tests of its caching.</summary>
    internal static class Steps
    {
        public const string Read = nameof(Read);
        public const string Compile = nameof(Compile);

        /// <summary>What a network computes: its class, its recording and its deconvnet are emitted from it.</summary>
        public const string Structures = nameof(Structures);

        /// <summary>The network with its recipe: the declaration is emitted from it.</summary>
        public const string Specs = nameof(Specs);

        /// <summary>The lines of the specs.</summary>
        public const string Maps = nameof(Maps);
    }
}
