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

        var compiled = context.AdditionalTextsProvider
            .Where(text => text.Path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || text.Path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase))
            .Select((text, cancel) => new SpecText(text.Path, text.GetText(cancel)?.ToString() ?? ""))
            .Combine(project)
            .Select((pair, _) => SpecCompiler.Compile(pair.Left, pair.Right))
            .WithTrackingName(Steps.Compile);

        var checkedNames = compiled.Collect()
            .Select((all, _) => SpecCompiler.CheckNames(all))
            .WithTrackingName(Steps.Names);

        context.RegisterSourceOutput(compiled.Select((spec, _) => spec.Diagnostics), Report);
        context.RegisterSourceOutput(checkedNames.Select((names, _) => names.Diagnostics), Report);

        var networks = compiled
            .Select((spec, _) => spec.Network)
            .Combine(checkedNames.Select((names, _) => names.Unique))
            .Select((pair, _) => pair.Left is { } net && pair.Right.Contains(new(net.Name, net.SpecFile)) ? net : null)
            .WithTrackingName(Steps.Networks)
            .Combine(project);

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

        context.RegisterSourceOutput(checkedNames.Select((names, _) => names.Unique).Combine(project), (output, pair) =>
            output.AddSource("DeclaredNetworks.g.cs", RegistryEmitter.Emit(pair.Left.Select(owner => owner.Network), pair.Right.Namespace)));
    }

    private static void Report(SourceProductionContext output, EquatableArray<SpecDiagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
            output.ReportDiagnostic(diagnostic.ToDiagnostic());
    }

    /// <summary>Names of the pipeline's steps, for the tests of its caching.</summary>
    internal static class Steps
    {
        public const string Compile = nameof(Compile);
        public const string Names = nameof(Names);
        public const string Networks = nameof(Networks);
    }
}
