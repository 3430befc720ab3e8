using System.Globalization;
using System.Text.RegularExpressions;
using ZfDecl.Generators;
using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Emitting;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;
using ZfDecl.Generators.Primitives;
using ZfDecl.Generators.Resolving;
using ZfDecl.Interchange.Specs;
using ZfDecl.Networks;
using ZfDecl.Networks.Recipes;

namespace ZfDecl.Interchange.Exports;

/// <summary>The spec of a network that is exported, which compiles by itself: what is written for other programs is made of it alone.</summary>
/// <param name="Text">Its text, from its first key on; without <c>data</c>: where images lie is no part of a network.</param>
/// <param name="Resolved">The same, resolved.</param>
internal sealed partial record ExportedSpec(string Text, ResolvedSpec Resolved)
{
    public ResolvedNetwork Network => Resolved.Network;

    /// <summary>The spec of a declared network: as its author wrote it where that file declares this network alone, else with every default written out.</summary>
    /// <param name="info">The network.</param>
    /// <param name="written">What its file says; null where it cannot be read.</param>
    /// <param name="classes">The number of classes that it was created for.</param>
    public static ExportedSpec Of(NetworkInfo info, string? written, int classes)
    {
        var resolved = Read(WithoutData(info.ResolvedSpec), info.Name) ?? throw new InvalidOperationException($"the resolved spec of {info.Name} does not compile");
        if (classes != info.Classes)
            return Read(SpecPrinter.Print(For(resolved.Resolved, classes)), info.Name) ?? throw new InvalidOperationException($"the spec of {info.Name} does not compile for {classes} classes");
        return written is not null && Read(FromFirstKey(WithoutData(written)), info.Name) is { } own && SpecPrinter.Print(own.Resolved) == resolved.Text ? own : resolved;
    }

    /// <summary>A spec by its text; null where it does not compile by itself.</summary>
    public static ExportedSpec? Read(string text, string name) => StandaloneSpec.TryCompile(text, name) is { } compiled ? new(text, compiled.Spec) : null;

    /// <summary>The part of its recipe that decides what a network sees of an image.</summary>
    public PreprocessRecipe Preprocess
    {
        get
        {
            var file = SpecCompiler.Read($"specs/{Network.Name}.yaml", Text);
            var values = Resolver.CheckSections(file.Declared[0].Top, new DiagnosticBag()).Single(part => part.Section.Word == PreprocessKeys.Section.Word).Values;
            var recipe = new PreprocessRecipe { Resize = values.Get(PreprocessKeys.Resize), Subtract = default, Divide = values.Get(PreprocessKeys.Divide), Augment = default, Shift = values.Get(PreprocessKeys.Shift) };
            RecipeValues.Set(recipe, PreprocessKeys.Fit, values.Get(PreprocessKeys.Fit));
            RecipeValues.Set(recipe, PreprocessKeys.Channels, values.Get(PreprocessKeys.Channels));
            RecipeValues.Set(recipe, PreprocessKeys.Subtract, values.Get(PreprocessKeys.Subtract));
            return recipe with { Mean = values.Get(PreprocessKeys.Mean), Std = values.Get(PreprocessKeys.Std) };
        }
    }

    /// <summary>The same network, created for another number of classes.</summary>
    private static ResolvedSpec For(ResolvedSpec resolved, int classes)
    {
        var layers = resolved.Network.Layers.Select(layer => !layer.Header.PerClass ? layer : layer with
        {
            Header = layer.Header with { Settings = layer.Header.Settings.Select(setting => setting.Key is "maps" or "units" ? setting with { Value = classes.ToString(CultureInfo.InvariantCulture) } : setting).ToEquatableArray() },
        });
        return resolved with { Network = resolved.Network with { Classes = classes, Layers = layers.ToEquatableArray() } };
    }

    private static string WithoutData(string text) => Data().Replace(text.Replace("\r\n", "\n", StringComparison.Ordinal), "");

    /// <summary>Without the comments at its head, which say where it comes from.</summary>
    private static string FromFirstKey(string text) => text[Math.Max(0, FirstKey().Match(text).Index)..];

    [GeneratedRegex("^data:.*\n", RegexOptions.Multiline)]
    private static partial Regex Data();

    [GeneratedRegex("^[a-z]", RegexOptions.Multiline)]
    private static partial Regex FirstKey();
}
