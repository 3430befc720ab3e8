using ScottPlot;
using SkiaSharp;

namespace ZfDecl.Imaging.Charts;

/// <summary>Draws a plot as a part of a picture.</summary>
internal static class PlotDrawing
{
    /// <summary>Draws it once, over what is there.</summary>
    /// <param name="plot">The plot; it has not been drawn before.</param>
    /// <param name="canvas">The picture.</param>
    /// <param name="area">Where, in pixels.</param>
    public static void Draw(Plot plot, SKCanvas canvas, PixelRect area)
    {
        plot.RenderManager.ClearCanvasBeforeEachRender = false;
        // The first time a plot is drawn twice, one over the other, and an SVG would hold everything twice: that is thrown away.
        using (var aside = new SKPictureRecorder())
            plot.RenderManager.Render(aside.BeginRecording(SKRect.Create(area.Right, area.Bottom)), area);
        plot.RenderManager.Render(canvas, area);
    }
}
