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

    /// <summary>The output size of a window over the input. Null where it does not fit, which is reported; 0 where the input is not known. One that skips pixels gets a warning.</summary>
    public Pair? OutputSize(Window window, bool roundUp, Key kernel)
    {
        if (!Input.HasExtent)
            return new Pair(0, 0);
        if (!window.FitsInto(Input))
        {
            var padded = window.Padded(Input);
            var extent = window.EffectiveKernel == window.Kernel ? window.Kernel.Times : $"{window.Kernel.Times}, which dilation {window.Dilation} widens to {window.EffectiveKernel.Times},";
            _ = Fail(Codes.KernelTooLarge, settings.SpanOf(kernel), $"kernel {extent} is larger than its padded input {padded.Times}; use a kernel ≤ {Math.Min(padded.Y, padded.X)} or raise the padding");
            return null;
        }
        if (SkipsPixels(window))
            Warn(Codes.SkippedPixels, $"stride {window.Stride} is larger than the kernel {window.EffectiveKernel.Times}: what lies between two windows is never seen; use a larger kernel or a smaller stride");
        return window.OutputSize(Input, roundUp);
    }

    /// <summary>Warns where the last window ends so early that rows or columns at the far border are never seen.</summary>
    /// <param name="window">The window.</param>
    /// <param name="size">Its number of positions, height and width.</param>
    /// <param name="remedy">What to do about it.</param>
    /// <param name="leastShare">Silent unless at least one in so many rows or columns is lost; null to speak of each.</param>
    public void WarnOfUnseenBorder(Window window, Pair size, string remedy, int? leastShare = null)
    {
        var overhang = window.Overhang(Input, Input with { Height = size.Y, Width = size.X });
        var (rows, columns) = (-overhang.Bottom, -overhang.Right);
        var lost = new[] { Lost(rows, Input.Height, "row"), Lost(columns, Input.Width, "column") }.OfType<string>().ToList();
        if (lost.Count > 0 && !SkipsPixels(window))
            Warn(Codes.UnseenBorder, $"its last window ends before the border: {string.Join(" and ", lost)} are never seen; {remedy}");

        string? Lost(int count, int of, string what) => count > 0 && count * (leastShare ?? of) >= of ? $"{count} of {of} {what}s" : null;
    }

    private static bool SkipsPixels(Window window) => window.Stride.Y > window.EffectiveKernel.Y || window.Stride.X > window.EffectiveKernel.X;

    /// <summary>What every resolved layer begins with.</summary>
    public LayerHeader Header(Shape output, Field outputField, long parameters = 0, long multiplyAdds = 0) =>
        new(Name, spec.Kind.Word, spec.Kind.Role, inputs.Select(input => input.Index).ToEquatableArray(), Input, output, outputField, parameters, multiplyAdds, isPerClass, settings.Printed());
}
