using System.Text;
using ScottPlot;
using ScottPlot.MultiplotLayouts;
using SkiaSharp;
using ZfDecl.Runs;

namespace ZfDecl.Reporting;

/// <summary>The course of a training as curves over the epochs: loss and error on training and validation images, and the learning rate.</summary>
/// <param name="title">What was trained, for example <c>Fashion · run default</c>.</param>
/// <param name="epochs">The epochs, in order, at least one; a run's <c>metrics.csv</c> has them (<see cref="EpochMetrics.ReadCsv"/>).</param>
public sealed class TrainingCurves(string title, IReadOnlyList<EpochMetrics> epochs)
{
    private const int Width = 1000, Height = 1100;

    private static readonly Color Training = Color.FromHex("#1F77B4"), Validation = Color.FromHex("#D95F02"), Rate = Color.FromHex("#444A52"), Best = Color.FromHex("#9AA2AC");

    private readonly double[] numbers = [.. epochs.Select(epoch => (double)epoch.Epoch)];

    /// <summary>Writes them as <c>curves.png</c> and <c>curves.svg</c>.</summary>
    /// <param name="folder">The folder of the run.</param>
    /// <exception cref="ZfDeclException">ZF1204: a file cannot be written.</exception>
    public void Write(string folder)
    {
        AtomicFile.Write(Path.Combine(folder, "curves.png"), stream => stream.Write(ToPng()));
        AtomicFile.WriteText(Path.Combine(folder, "curves.svg"), ToSvg());
    }

    /// <summary>The curves as a PNG.</summary>
    public byte[] ToPng()
    {
        using var surface = SKSurface.Create(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        Draw(surface.Canvas);
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    /// <summary>The curves as an SVG.</summary>
    public string ToSvg()
    {
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(SKRect.Create(Width, Height), stream))
            Draw(canvas);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private void Draw(SKCanvas canvas)
    {
        var best = epochs.MinBy(epoch => epoch.ValTop1Error)!;
        var loss = Panel("loss (nats)", "0.###");
        loss.Title($"{title}  ·  lowest validation error {Percent(best.ValTop1Error)} in epoch {best.Epoch} of {epochs.Count}");
        Curve(loss, epoch => epoch.TrainLoss, Training, "training, while learning");
        Curve(loss, epoch => epoch.ValLoss, Validation, "validation");
        var error = Panel("error", "0.## %");
        Curve(error, epoch => epoch.TrainError, Training, "training, while learning");
        Curve(error, epoch => epoch.ValTop1Error, Validation, "validation");
        var rate = Panel("learning rate", "0.######");
        Curve(rate, epoch => epoch.LearningRate, Rate, "");
        rate.XLabel("epoch");
        Plot[] panels = [loss, error, rate];
        foreach (var panel in panels)
        {
            panel.Add.VerticalLine(best.Epoch, 1, Best, LinePattern.Dashed);
            panel.Axes.SetLimitsX(numbers[0] - 0.5, numbers[^1] + 0.5);
            panel.Axes.SetLimitsY(0, 1.06 * panel.Axes.GetDataLimits().Top);
        }
        var all = new Multiplot { Layout = new Rows() };
        all.Subplots.RemoveAt(0);
        foreach (var panel in panels)
            all.Subplots.Add(panel);
        canvas.Clear(SKColors.White);
        all.Render(canvas, new(0, Width, Height, 0));
        foreach (var panel in panels)
            panel.Dispose();
    }

    private static Plot Panel(string label, string format)
    {
        var plot = OpenSansForPlots.NewPlot();
        plot.YLabel(label);
        plot.Axes.Left.MinimumSize = 80;
        plot.Axes.Right.MinimumSize = 30;
        ((ScottPlot.TickGenerators.NumericAutomatic)plot.Axes.Left.TickGenerator).LabelFormatter = value => FormattableString.Invariant($"{value.ToString(format, System.Globalization.CultureInfo.InvariantCulture)}");
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { IntegerTicksOnly = true };
        return plot;
    }

    private void Curve(Plot panel, Func<EpochMetrics, double> value, Color color, string name)
    {
        var curve = panel.Add.Scatter(numbers, [.. epochs.Select(value)], color);
        curve.LineWidth = 2;
        curve.MarkerSize = epochs.Count > 60 ? 0 : 5;
        if (name.Length == 0)
            return;
        curve.LegendText = name;
        panel.ShowLegend(Alignment.UpperRight);
    }

    private static string Percent(double share) => share.ToString("0.00 %", System.Globalization.CultureInfo.InvariantCulture);
}
