using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Kinds;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;
using ZfDecl.Generators.Primitives;
using ZfDecl.Generators.Reading;

namespace ZfDecl.Generators.Resolving;

/// <summary>From a spec as written to a network with everything decided.</summary>
internal static class Resolver
{
    /// <summary>The data that are drawn, not read: no folder.</summary>
    private const string BuiltInData = "shapes";

    /// <summary>The network and its recipe; null after an error, which is in the report.</summary>
    public static ResolvedSpec? Resolve(NetworkSpec spec, string specFile, DiagnosticBag report)
    {
        var top = spec.Top;
        var input = ReadInput(top, report);
        var settings = spec.Layers.Select(layer => SettingValues.Read(layer.Owner, layer.Name.Span, layer.Kind is Unreadable ? [] : layer.Entries, layer.Kind.EveryKey, report)).ToList();
        var sections = CheckSections(top, report);
        CheckNames(spec, sections[2].Item2, report);
        var layers = new LayerResolver(spec, settings, input, report).Resolve();
        CheckFactors(sections[0].Item2, layers, report);
        CheckPreprocess(sections[1].Item2, input, report);
        CheckFields(spec, layers, input, report);
        // What is misspelt in a base is said there.
        if (report.HasErrors || !top.IsWritten(SpecKeys.Classes) || !top.IsWritten(SpecKeys.Input) || layers.Exists(layer => layer is FailedLayer))
            return null;
        sections[2].Item2.GetOr(VisualizeKeys.Layers, layers.Where(layer => layer.Header.Role == LayerRole.Convolution).Select(layer => layer.Name).ToEquatableArray());
        var recipe = new ResolvedRecipe(
            ReadData(spec),
            sections.Select(part => new ResolvedSection(part.Item1.Word, part.Item1.Type, part.Item2.Printed())).ToEquatableArray(),
            sections.SelectMany(part => part.Item2.Written.Select(key => $"{part.Item1.Word}.{key}"))
                .Concat(top.IsWritten(SpecKeys.Data) ? ["data"] : []).ToEquatableArray());
        return new(new(spec.Name.Text, top.Get(SpecKeys.Summary), specFile, input, top.Get(SpecKeys.Classes), layers.ToEquatableArray()), recipe);
    }

    /// <summary>Reads the mappings of a recipe; each unknown, missing or wrong value is reported.</summary>
    /// <param name="top">The keys of a spec.</param>
    /// <param name="report">Takes what is wrong.</param>
    /// <param name="partial">Whether they are a part of the recipe: what is required may be missing.</param>
    public static List<(Section Section, SettingValues Values)> CheckSections(SettingValues top, DiagnosticBag report, bool partial = false) =>
    [
        .. new[] { (SpecKeys.Train, TrainKeys.Section), (SpecKeys.Preprocess, PreprocessKeys.Section), (SpecKeys.Visualize, VisualizeKeys.Section) }
            .Select(part => (part.Item2, SettingValues.Read($"'{part.Item2.Word}'", top.SpanOf(part.Item1), top.Get(part.Item1)?.Entries ?? [], part.Item2.Keys, report, partial))),
    ];

    private static Shape ReadInput(SettingValues top, DiagnosticBag report)
    {
        if (top.Get(SpecKeys.Input) is not { } map)
            return default;
        var input = SettingValues.Read("'input'", map.Span, map.Entries, SpecKeys.Image, report);
        var shape = new Shape(input.Get(SpecKeys.Channels), input.Get(SpecKeys.Height), input.Get(SpecKeys.Width));
        if (shape.Count > LayerResolver.LargestLayer)
            report.Add(Codes.TooManyValues, map.Span, $"an image of {shape} has {Text.Count(shape.Count)} values; at most {Text.Count(LayerResolver.LargestLayer)} are possible");
        return shape;
    }

    /// <summary>The folder of the images relative to the network's own file; an inherited one is written relative to the base's.</summary>
    private static string ReadData(NetworkSpec spec)
    {
        var data = spec.Top.Get(SpecKeys.Data);
        var (from, to) = (Folders(spec.Top.SpanOf(SpecKeys.Data)), Folders(spec.Name.Span));
        if (!spec.Top.IsWritten(SpecKeys.Data) || from.SequenceEqual(to) || data == BuiltInData || data[0] is '/' or '\\' || data.Contains(':'))
            return data;
        var shared = from.Zip(to, (one, other) => one == other).TakeWhile(same => same).Count();
        return string.Join("/", [.. Enumerable.Repeat("..", to.Count - shared), .. from.Skip(shared), data]);

        static List<string> Folders(SourceSpan span) => [.. Enumerable.Reverse(span.File.Split('/', '\\')).Skip(1).Reverse()];
    }

    private static void CheckNames(NetworkSpec spec, SettingValues visualize, DiagnosticBag report)
    {
        if (spec.Top.IsWritten(SpecKeys.Layers) && spec.Layers.Count == 0 && !report.HasErrors)
            report.Add(Codes.Missing, spec.Top.SpanOf(SpecKeys.Layers), "there are no layers; the least is one dense layer, '- { dense: fc1 }'");
        if (spec.Layers.Any(layer => layer.Kind is Unreadable))
            return;     // it may be one that is meant
        foreach (var name in (visualize.Get(VisualizeKeys.Layers) ?? EquatableArray<string>.Empty).Where(name => spec.Layers.All(layer => layer.Name.Text != name)))
            report.Add(Codes.UnknownLayer, visualize.SpanOf(VisualizeKeys.Layers), $"'visualize': there is no layer '{name}'{Nearest.Hint(name, spec.Layers.Select(layer => layer.Name.Text))}");
    }

    /// <summary>Factors are given to kinds of parameters, and to layers that have some.</summary>
    private static void CheckFactors(SettingValues train, List<ResolvedLayer> layers, DiagnosticBag report)
    {
        string[] names = [TrainKeys.Weight, TrainKeys.Bias, .. layers.Where(layer => layer.Header.Parameters > 0 || layer is FailedLayer).Select(layer => layer.Name)];
        foreach (var key in new[] { TrainKeys.Rates, TrainKeys.Decay })
        {
            foreach (var name in train.Get(key).Select(factor => factor.Name).Where(name => !names.Contains(name)))
                report.Add(Codes.UnknownLayer, train.SpanOf(key), $"'train': '{key.Name}' names '{name}', which is neither a kind of parameter nor a layer that has some{Nearest.Hint(name, names)}");
        }
    }

    private static void CheckPreprocess(SettingValues preprocess, Shape input, DiagnosticBag report)
    {
        var augment = preprocess.Get(PreprocessKeys.Augment);
        if (PreprocessKeys.Contradiction(augment) is { } contradiction)
            report.Add(Codes.Contradiction, preprocess.SpanOf(PreprocessKeys.Augment), $"'preprocess': 'augment' {contradiction}");
        var (order, mean, std) = (preprocess.Get(PreprocessKeys.Channels), preprocess.Get(PreprocessKeys.Mean), preprocess.Get(PreprocessKeys.Std));
        foreach (var (key, message) in PreprocessKeys.Contradictions(input.Maps, order, mean, preprocess.Get(PreprocessKeys.Subtract), std, preprocess.Get(PreprocessKeys.Divide)).Where(_ => input.Maps > 0 && !preprocess.HasErrors))
            report.Add(Codes.Contradiction, preprocess.SpanOf(key), $"'preprocess': '{key.Name}' {message}");
        // A resolved spec writes the default out: that is no mistake.
        if (!augment.Contains(PreprocessKeys.ShiftFlag) && preprocess.Get(PreprocessKeys.Shift) is var shift && !Equals(shift, PreprocessKeys.Shift.DefaultValue))
            report.Add(Codes.UnusedKey, preprocess.SpanOf(PreprocessKeys.Shift), $"'preprocess': a 'shift' of {shift} shifts nothing, as 'augment' lacks it; write 'augment: [shift]', or leave 'shift' out");
        if (preprocess.Get(PreprocessKeys.Resize) is { } side && side < Math.Max(input.Height, input.Width))
            report.Add(Codes.Contradiction, preprocess.SpanOf(PreprocessKeys.Resize),
                $"'preprocess': an image whose shortest side is {side} has no crop of {input.Height}x{input.Width}; resize to at least {Math.Max(input.Height, input.Width)}");
    }

    /// <summary>Warns at the first conv layer whose units see more than the image: from there on, features are of the whole image and its padding.</summary>
    private static void CheckFields(NetworkSpec spec, List<ResolvedLayer> layers, Shape image, DiagnosticBag report)
    {
        if (layers.FirstOrDefault(layer => layer.Header.Role == LayerRole.Convolution && (layer.Header.Field.Size.Y > image.Height || layer.Header.Field.Size.X > image.Width)) is { } widest)
        {
            report.Add(Codes.WideField, spec.Layers.First(layer => layer.Name.Text == widest.Name).Name.Span,
                $"layer '{widest.Name}': its units see {widest.Header.Field.Size.Times} pixels, more than the image of {image.Height}x{image.Width} has; use larger images, smaller kernels or strides, or fewer layers");
        }
    }
}
