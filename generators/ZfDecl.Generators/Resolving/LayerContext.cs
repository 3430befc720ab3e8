using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Reading;

namespace ZfDecl.Generators.Resolving;

/// <summary>What a kind is given to resolve a layer: the layer as written, and what comes out of the one before it.</summary>
internal sealed class LayerContext(LayerSpec spec, Settings settings, Shape input, Field inputField, int classes, bool isLast, Report report)
{
    public string Name => spec.Name.Text;

    public SourceSpan NamePlace => spec.Name.Span;

    public Settings Settings => settings;

    /// <summary>The shape that the layer before yields.</summary>
    public Shape Input => input;

    /// <summary>The receptive field of the units of the layer before.</summary>
    public Field Field => inputField;

    /// <summary>The number of classes of the network.</summary>
    public int Classes => classes;

    /// <summary>Whether no layer but a softmax follows: then it must yield one score a class.</summary>
    public bool YieldsScores => isLast;

    /// <summary>Reports an error; <see langword="null"/> stands for the layer that could not be resolved.</summary>
    public ResolvedLayer? Fail(Code code, SourceSpan place, string message)
    {
        report.Add(code, place, $"layer '{Name}': {message}");
        return null;
    }

    /// <summary>What every resolved layer begins with.</summary>
    public LayerHeader Header(string kind, Shape output, Field outputField, long parameters = 0, long multiplyAdds = 0) =>
        new(Name, kind, input, output, outputField, parameters, multiplyAdds, settings.Printed());
}
