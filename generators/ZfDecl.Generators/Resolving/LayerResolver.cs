using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Kinds;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;
using ZfDecl.Generators.Primitives;
using ZfDecl.Generators.Reading;
using ZfDecl.Generators.Yaml;

namespace ZfDecl.Generators.Resolving;

/// <summary>
/// Decides layer after layer, each from those that go into it. A layer that fails does not end the way: later ones are checked against what it declares to
/// yield, and what does not follow from that is unknown, so that one mistake is one message.
/// </summary>
internal sealed class LayerResolver
{
    /// <summary>The most values that a layer may yield for one image, and that its parameters may be.</summary>
    public const long LargestLayer = 1L << 30;

    /// <summary>The most multiply-adds of a layer: those of a whole network are a 64-bit number still.</summary>
    private const long MostWork = 1L << 52;

    private readonly NetworkSpec spec;
    private readonly IReadOnlyList<LayerSpec> written;
    private readonly LayerSpec? scores;         // the last but a softmax
    private readonly HashSet<LayerSpec> perClass;
    private readonly LayerWiring wiring;
    private readonly Shape image;
    private readonly int classes;
    private readonly bool hasScores;
    private readonly DiagnosticBag report;
    private readonly List<ResolvedLayer> resolved = [];

    /// <param name="spec">The network as written.</param>
    /// <param name="settings">The settings of each layer; those that are wrong are reported.</param>
    /// <param name="image">The shape of an image.</param>
    /// <param name="report">Takes what is wrong.</param>
    public LayerResolver(NetworkSpec spec, IReadOnlyList<SettingValues> settings, Shape image, DiagnosticBag report)
    {
        (this.spec, this.image, this.report) = (spec, image, report);
        (written, classes) = (spec.Layers, spec.Top.Get(SpecKeys.Classes));
        hasScores = classes > 0 || spec.Top.HasErrors || !spec.Top.IsWritten(SpecKeys.Classes);
        wiring = new(written, settings, report);
        scores = written.LastOrDefault(layer => layer.Kind.Role != LayerRole.Output);
        perClass = PerClass(settings);
    }

    /// <summary>Every layer, those included that are implied; where an error is reported, with layers that stand for failed ones.</summary>
    public List<ResolvedLayer> Resolve()
    {
        for (var i = 0; i < written.Count; i++)
        {
            var (layer, settings) = (written[i], wiring.Settings[i]);
            var sources = wiring.SourcesOf(i).Select(Find).ToList();
            if (layer.Kind.TakesUnits && sources is [{ Shape.Flat: false }])
            {
                Add(new(new Flatten(), Implied("flatten", layer), []), Read(new Flatten(), settings), sources);
                settings.Forget(layer.Kind.From);
                sources = [Above(hasOneReader: true)];
            }
            else if (sources is [{ } only] && only.Index == resolved.Count - 1)
                settings.Forget(layer.Kind.From);
            if (layer.Kind.Role == LayerRole.Output && i < written.Count - 1)
                report.Add(Codes.WrongPosition, layer.Name.Span, $"layer '{layer.Name.Text}': a softmax ends a network, but '{written[i + 1].Name.Text}' follows; make it the last layer");
            Add(layer, settings, sources);
        }
        wiring.CheckReaders();
        End();
        return resolved;
    }

    /// <summary>Whatever ends the network yields the scores, where it has some; they are made a row of units, and a softmax follows.</summary>
    private void End()
    {
        if (written.Count == 0)
            return;
        if (!hasScores)
        {
            if (written[written.Count - 1] is { Kind.Role: LayerRole.Output } softmax)
                report.Add(Codes.WrongClasses, softmax.Name.Span, $"layer '{softmax.Name.Text}' yields class probabilities, but 'classes' is none; write the number of classes, or leave it out");
            return;
        }
        var (end, last) = (scores ?? written[written.Count - 1], written[written.Count - 1]);
        if (scores is null || !perClass.Contains(scores) || resolved.FindLast(layer => layer.Header.Role != LayerRole.Output) is { Output: { Height: > 1 } or { Width: > 1 } })
        {
            var (ends, gap) = end == last ? ("ends the network", "") : ("stands before the softmax", " between the two");
            if (end.Kind is not Unreadable)
                report.Add(Codes.WrongClasses, end.Name.Span, $"layer '{end.Name.Text}' {ends}, but a network ends with a dense layer that yields one score a class; add '- {{ dense: fc{written.Count + 1} }}'{gap}");
            return;
        }
        if (last.Kind.Role != LayerRole.Output)
        {
            if (!resolved[resolved.Count - 1].Output.Flat)
                Add(new(new Flatten(), Implied("flatten", last), []), Read(new Flatten(), null), [Above(hasOneReader: true)]);
            Add(new(new Softmax(), Implied("softmax", last), []), Read(new Softmax(), null), [Above(hasOneReader: true)]);
        }
        var yields = resolved.FindLastIndex(layer => layer.Header.Role != LayerRole.Output);
        resolved[yields] = resolved[yields] with { Header = resolved[yields].Header with { YieldsScores = true } };
    }

    /// <summary>
    /// The layers whose maps are the classes, whatever their number: the last dense layer, or a convolution with a map a class and what only pools and
    /// rectifies them.
    /// </summary>
    private HashSet<LayerSpec> PerClass(IReadOnlyList<SettingValues> settings)
    {
        var found = new HashSet<LayerSpec>();
        for (var i = scores is null || !hasScores ? -1 : written.Count - (written[written.Count - 1] == scores ? 1 : 2); i >= 0; i = wiring.OnlySourceOf(i))
        {
            found.Add(written[i]);
            if (written[i].Kind.MakesMapPerClass(settings[i], classes) || (written[i] == scores && scores.Kind.Role == LayerRole.Dense))
                return found;
            if (!written[i].Kind.KeepsMaps)
                break;
        }
        return [];
    }

    private void Add(LayerSpec layer, SettingValues settings, IReadOnlyList<LayerSource> sources)
    {
        var context = new LayerContext(layer, settings, sources, classes, hasScores && layer == scores, perClass.Contains(layer) || (layer.Kind.KeepsMaps && sources is [{ Layer.Header.PerClass: true }]), report);
        resolved.Add(Decide(layer, context));
    }

    private static ResolvedLayer Decide(LayerSpec layer, LayerContext context)
    {
        if (layer.Kind.TakesMaps && context.Inputs.FirstOrDefault(input => input.Shape.Flat) is { } units)
            return context.Fail(Codes.WrongPosition, layer.Name.Span, $"{layer.Kind.Word} layers need feature maps, but {(context.Settings.IsWritten(layer.Kind.From) ? $"'{units.Name}'" : "the layer before")} yields {units.Shape}; put it before the first dense or flatten layer");
        if (context.Settings.HasErrors || layer.Kind is Unreadable)
            return context.Failed;
        try
        {
            var next = layer.Kind.Resolve(context);
            if (next.Output.Count > LargestLayer || next.Header.Parameters > LargestLayer)
                return context.Fail(Codes.TooManyValues, layer.Name.Span, $"it yields {Text.Count(next.Output.Count)} values an image and has {Text.Count(next.Header.Parameters)} parameters; at most {Text.Count(LargestLayer)} of each are possible");
            if (next.Header.MultiplyAdds > MostWork)
                return context.Fail(Codes.TooManyValues, layer.Name.Span, $"it takes {Text.Count(next.Header.MultiplyAdds)} multiply-adds an image; at most {Text.Count(MostWork)} are possible");
            return next;
        }
        catch (OverflowException)
        {
            return context.Fail(Codes.TooManyValues, layer.Name.Span, "its receptive field is larger than any image; use smaller strides or kernels");
        }
    }

    /// <summary>What a name stands for; where it is wrong, which is reported, something unknown.</summary>
    private LayerSource Find(string? name)
    {
        if (name == LayerKeys.Image)
            return new(-1, null, image, wiring.HasOneReader(name));
        var index = name is null ? -1 : resolved.FindIndex(layer => layer.Name == name);
        return index < 0 ? new(-1, null, Shape.Unknown, HasOneReader: false) : new(index, resolved[index], resolved[index].Output, wiring.HasOneReader(name!));
    }

    private LayerSource Above(bool hasOneReader) => new(resolved.Count - 1, resolved[resolved.Count - 1], resolved[resolved.Count - 1].Output, hasOneReader);

    /// <summary>The settings of a layer that is implied before another one, whose input it takes over.</summary>
    private SettingValues Read(LayerKind kind, SettingValues? behind)
    {
        var settings = SettingValues.Read("", default, [], kind.EveryKey, report);
        if (behind is { HasErrors: false } && behind.IsWritten(LayerKeys.From))
            settings.GetOr(LayerKeys.From, behind.Get(LayerKeys.From));
        return settings;
    }

    private ScalarNode Implied(string name, LayerSpec at)
    {
        var free = Enumerable.Range(1, int.MaxValue).Select(n => n == 1 ? name : $"{name}{n}")
            .First(candidate => written.All(layer => !string.Equals(layer.Name.Text, candidate, StringComparison.OrdinalIgnoreCase)) && resolved.All(layer => layer.Name != candidate)
                && Names.ProblemOfLayer(candidate, spec.Name.Text) is null);
        return new(at.Name.Span, free);
    }
}
