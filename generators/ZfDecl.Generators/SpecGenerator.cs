using Microsoft.CodeAnalysis;
using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Emitting;

namespace ZfDecl.Generators;

/// <summary>Compiles every spec, a <c>*.yaml</c> among the additional files, into typed networks.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class SpecGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var project = context.AnalyzerConfigOptionsProvider
            .Select((options, _) => ProjectOptions.Read(options.GlobalOptions));

        var files = context.AdditionalTextsProvider
            .Where(text => text.Path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || text.Path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase))
            .Select((text, cancel) => SpecCompiler.Read(text.Path, text.GetText(cancel)?.ToString() ?? ""))
            .WithTrackingName(Steps.Read);

        var compiled = files
            .Combine(files.Collect().Select((all, _) => new SpecIndex(all)))
            .Select((pair, _) => pair.Right.LineageOf(pair.Left))
            .Combine(project)
            .Select((pair, _) => SpecCompiler.Compile(pair.Left, pair.Right))
            .WithTrackingName(Steps.Compile);

        var names = compiled.Collect()
            .Select((all, _) => NetworkNames.Check(all));

        var networks = compiled
            .SelectMany((file, _) => file.Networks)
            .Combine(names.Select((checkedNames, _) => checkedNames.Owners))
            .Select((pair, _) => pair.Right.Contains(new(pair.Left.Name, pair.Left.SpecFile)) ? pair.Left : null)
            .WithTrackingName(Steps.Networks)
            .Combine(project);

        context.RegisterSourceOutput(compiled.Select((file, _) => file.Diagnostics), Report);
        context.RegisterSourceOutput(names.Select((checkedNames, _) => checkedNames.Diagnostics), Report);
        context.RegisterSourceOutput(networks, (output, pair) =>
        {
            var (net, options) = pair;
            if (net is null)
                return;
            output.AddSource($"{net.Name}.g.cs", NetworkEmitter.Emit(net, options.Namespace));
            output.AddSource($"{net.Name}.Recording.g.cs", RecordingEmitter.Emit(net, options.Namespace));
            output.AddSource($"{net.Name}.Deconvnet.g.cs", DeconvnetEmitter.Emit(net, options.Namespace));
            output.AddSource($"{net.Name}.Declaration.g.cs", DeclarationEmitter.Emit(net, options.Namespace));
        });
        context.RegisterSourceOutput(names.Select((checkedNames, _) => checkedNames.Owners).Combine(project), (output, pair) =>
            output.AddSource("DeclaredNetworks.g.cs", RegistryEmitter.Emit(pair.Left.Select(owner => owner.Name), pair.Right.Namespace)));
    }

    private static void Report(SourceProductionContext output, EquatableArray<SpecDiagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
            output.ReportDiagnostic(diagnostic.ToDiagnostic());
    }

    /// <summary>Names of the pipeline's steps, for the tests of its caching.</summary>
    internal static class Steps
    {
        public const string Read = nameof(Read);
        public const string Compile = nameof(Compile);
        public const string Networks = nameof(Networks);
    }
}
