using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;
using ZfDecl.Generators.Primitives;

namespace ZfDecl.Generators.Kinds;

/// <summary>What a kind is given to resolve a layer: the layer as written, and what comes out of the one before it.</summary>
internal sealed class LayerContext(LayerSpec spec, SettingValues settings, ResolvedLayer? before, int index, Shape image, int classes, bool isLast, DiagnosticBag report)
{
    public string Name => spec.Name.Text;

    public SourceSpan NameSpan => spec.Name.Span;

    public SettingValues Settings => settings;

    /// <summary>The layer before; null for the first one.</summary>
    public ResolvedLayer? Before => before;

    /// <summary>The shape that the layer before yields.</summary>
    public Shape Input => before?.Output ?? image;

    /// <summary>The receptive field of the units of the layer before.</summary>
    public Field Field => before?.Header.Field ?? Field.Pixel;

    /// <summary>The number of classes of the network.</summary>
    public int Classes => classes;

    /// <summary>Whether no layer but a softmax follows: then it must yield one score a class.</summary>
    public bool YieldsScores => isLast;

    /// <summary>Reports an error; <see langword="null"/> stands for the layer that could not be resolved.</summary>
    public ResolvedLayer? Fail(Code code, SourceSpan span, string message)
    {
        report.Add(code, span, $"layer '{Name}': {message}");
        return null;
    }

    /// <summary>Reports a warning, at the layer's name: whoever writes or changes the layer gets it.</summary>
    public void Warn(Code code, string message) => report.Add(code, NameSpan, $"layer '{Name}': {message}");

    /// <summary>The output size of a window over the input. Null where it does not fit, which is reported; one that skips pixels gets a warning.</summary>
    public Pair? OutputSize(Window window, bool roundUp, Key kernel)
    {
        if (!window.FitsInto(Input))
        {
            var padded = new Pair(Input.Height + (2 * window.Padding.Y), Input.Width + (2 * window.Padding.X));
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
        var rows = Input.Height + window.Padding.Y - ((size.Y - 1) * window.Stride.Y) - window.EffectiveKernel.Y;
        var columns = Input.Width + window.Padding.X - ((size.X - 1) * window.Stride.X) - window.EffectiveKernel.X;
        var lost = new[] { Lost(rows, Input.Height, "row"), Lost(columns, Input.Width, "column") }.OfType<string>().ToList();
        if (lost.Count > 0 && !SkipsPixels(window))
            Warn(Codes.UnseenBorder, $"its last window ends before the border: {string.Join(" and ", lost)} are never seen; {remedy}");

        string? Lost(int count, int of, string what) => count > 0 && count * (leastShare ?? of) >= of ? $"{count} of {of} {what}s" : null;
    }

    private static bool SkipsPixels(Window window) => window.Stride.Y > window.EffectiveKernel.Y || window.Stride.X > window.EffectiveKernel.X;

    /// <summary>What every resolved layer begins with.</summary>
    public LayerHeader Header(Shape output, Field outputField, long parameters = 0, long multiplyAdds = 0) =>
        new(Name, spec.Kind.Word, spec.Kind.Role, new[] { index - 1 }.ToEquatableArray(), Input, output, outputField, parameters, multiplyAdds, settings.Printed());
}
