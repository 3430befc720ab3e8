using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;
using ZfDecl.Files;
using ZfDecl.Imaging;
using ZfDecl.Imaging.Charts;
using ZfDecl.Messages;
using ZfDecl.Runs;

namespace ZfDecl.Training.Logs;

/// <summary>The course of a training as curves over the epochs: loss and error on training and validation images, and the learning rate.</summary>
/// <param name="title">What was trained, for example <c>Fashion · run default</c>.</param>
/// <param name="epochs">The epochs, in order, at least one; a run's <c>metrics.csv</c> has them (<see cref="MetricsFile.Read"/>).</param>
public sealed class TrainingCurves(string title, IReadOnlyList<EpochMetrics> epochs)
{
    private const int Width = 1000, PanelHeight = 366, Height = 3 * PanelHeight;

    private static readonly Color Training = Color.FromHex("#1F77B4"), Validation = Color.FromHex("#D95F02"), Rate = Color.FromHex("#444A52"), Best = Color.FromHex("#9AA2AC");

    private const string Png = "curves.png", Svg = "curves.svg";

    /// <summary>The names of the files.</summary>
    internal static IReadOnlyList<string> Files { get; } = [Png, Svg];

    private readonly double[] numbers = [.. epochs.Select(epoch => (double)epoch.Epoch)];

    /// <summary>Writes them as <c>curves.png</c> and <c>curves.svg</c>.</summary>
    /// <param name="folder">The folder of the run.</param>
    /// <exception cref="ZfDeclException">ZF1204: a file cannot be written.</exception>
    public void Write(string folder)
    {
        AtomicFile.Write(Path.Combine(folder, Png), stream => stream.Write(ToPng()));
        AtomicFile.WriteText(Path.Combine(folder, Svg), ToSvg());
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
    public string ToSvg() => SvgPicture.Of(Width, Height, Draw);

    private void Draw(SKCanvas canvas)
    {
        var best = EpochMetrics.Best(epochs)!;
        Plot[] panels =
        [
            Panel("loss (nats)", "0.###", new("training, while learning", Training, epoch => epoch.TrainLoss), new("validation", Validation, epoch => epoch.ValLoss)),
            Panel("error", "0.## %", new("training, while learning", Training, epoch => epoch.TrainError), new("validation", Validation, epoch => epoch.ValTop1Error)),
            Panel("learning rate", "0.######", new Curve("", Rate, epoch => epoch.LearningRate)),
        ];
        panels[0].Title($"{title}  ·  lowest validation error {best.ValTop1Error.ToString("0.00 %", CultureInfo.InvariantCulture)} in epoch {best.Epoch} of {epochs.Count}");
        panels[^1].XLabel("epoch");
        canvas.Clear(SKColors.White);
        for (var i = 0; i < panels.Length; i++)
        {
            using var panel = panels[i];
            panel.Add.VerticalLine(best.Epoch, 1, Best, LinePattern.Dashed);
            PlotDrawing.Draw(panel, canvas, new(0, Width, (i + 1) * PanelHeight, i * PanelHeight));
        }
    }

    private Plot Panel(string label, string format, params ReadOnlySpan<Curve> curves)
    {
        var plot = OpenSansForPlots.NewPlot();
        plot.YLabel(label);
        (plot.Axes.Left.MinimumSize, plot.Axes.Right.MinimumSize) = (90, 30);
        plot.Axes.Left.TickGenerator = new NumericAutomatic { LabelFormatter = value => value.ToString(format, CultureInfo.InvariantCulture) };
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic { IntegerTicksOnly = true, MinorTickGenerator = new EvenlySpacedMinorTickGenerator(1) };
        var highest = 0.0;
        foreach (var curve in curves)
        {
            var values = epochs.Select(curve.Value).ToArray();
            var drawn = plot.Add.Scatter(numbers, values, curve.Color);
            (drawn.LineWidth, drawn.MarkerSize, drawn.LegendText) = (2, epochs.Count > 60 ? 0 : 5, curve.Name);
            highest = Math.Max(highest, values.Max());
        }
        if (curves.Length > 1)
            plot.ShowLegend(Alignment.UpperRight);
        plot.Axes.SetLimits(numbers[0] - 0.5, numbers[^1] + 0.5, 0, highest > 0 ? 1.06 * highest : 1);
        return plot;
    }

    private sealed record Curve(string Name, Color Color, Func<EpochMetrics, double> Value);
}
