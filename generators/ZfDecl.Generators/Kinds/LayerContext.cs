using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;
using ZfDecl.Generators.Primitives;

namespace ZfDecl.Generators.Kinds;

/// <summary>What a kind is given to resolve a layer: the layer as written, and what goes into it.</summary>
internal sealed class LayerContext(LayerSpec spec, SettingValues settings, IReadOnlyList<LayerSource> inputs, int classes, bool yieldsScores, bool isPerClass, DiagnosticBag report)
{
    public string Name => spec.Name.Text;

    public SourceSpan NameSpan => spec.Name.Span;

    public SettingValues Settings => settings;

    /// <summary>All that goes in.</summary>
    public IReadOnlyList<LayerSource> Inputs => inputs;

    /// <summary>The shape of what goes in, of the first of several.</summary>
    public Shape Input => inputs[0].Shape;

    /// <summary>The receptive field of the units that go in, of the first of several.</summary>
    public Field Field => inputs[0].Field;

    /// <summary>The number of classes of the network.</summary>
    public int Classes => classes;

    /// <summary>Whether no layer but a softmax follows: then it must yield one score a class.</summary>
    public bool YieldsScores => yieldsScores;

    /// <summary>Whether its maps are the classes, whatever number the network is created for.</summary>
    public bool IsPerClass => isPerClass;

    /// <summary>What stands for the layer where it cannot be resolved.</summary>
    public ResolvedLayer Failed => new FailedLayer(Header(spec.Kind.Declared(this), Field));

    /// <summary>Reports an error.</summary>
    /// <returns>What stands for the layer.</returns>
    public ResolvedLayer Fail(Code code, SourceSpan span, string message)
    {
        report.Add(code, span, $"{spec.Owner}: {message}");
        return Failed;
    }

    /// <summary>Reports a warning, at the layer's name: whoever writes or changes the layer gets it.</summary>
    public void Warn(Code code, string message) => report.Add(code, NameSpan, $"{spec.Owner}: {message}");

    /// <summary>What every resolved layer begins with.</summary>
    public LayerHeader Header(Shape output, Field outputField, long parameters = 0, long multiplyAdds = 0) =>
        new(Name, spec.Kind.Word, spec.Kind.Role, inputs.Select(input => input.Index).ToEquatableArray(), Input, output, outputField, parameters, multiplyAdds, isPerClass, settings.Printed());
}
