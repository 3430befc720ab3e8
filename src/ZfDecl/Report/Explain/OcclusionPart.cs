using ZfDecl.Analyses.Explain;
using ZfDecl.Findings;
using ZfDecl.Report.Page;

namespace ZfDecl.Report.Explain;

/// <summary>What covering parts of the image does (Zeiler &amp; Fergus 2014, Fig. 6).</summary>
internal static class OcclusionPart
{
    /// <param name="found">What was found.</param>
    /// <param name="pictures">Draws it.</param>
    /// <param name="explorer">The explorer, where there is one.</param>
    public static PagePart Of(Explanation found, ExplanationPictures pictures, Html explorer)
    {
        var (maps, grid) = (found.Occlusion, found.Occlusion.Grid);
        var (lowest, highest) = (Math.Min(maps.Activity.Min(), maps.CleanActivity), Math.Max(maps.Activity.Max(), maps.CleanActivity));
        return new("occlusion", "What it needs to see", Html.Of($"""
            <p>A grey square of {grid.Size}×{grid.Size} pixels covers one part of the picture after the other, {grid.Rows}×{grid.Columns} positions. Each position is coloured, at the middle of the square, by what the network then says: where the colour is dark, it needs what was covered.</p>
            <div class="evidence">
            {EmbeddedPicture.Figure(pictures.WorstSquare(), "the picture with a frame around the square that changes most", $"the square that takes most from {(found.HasClass ? found.ClassName : found.MapName)}")}
            {(found.HasClass ? EmbeddedPicture.Figure(pictures.Occlusion(maps.Probability, 0, 1), $"heat map of the probability of {found.ClassName} by position of the square", Html.Of($"probability of {found.ClassName}: 0 % <span class=\"ramp-of-heat\"></span> 100 %; here {Figures.Percent(maps.Probability.Min())} to {Figures.Percent(maps.Probability.Max())}, uncovered {Figures.Percent(maps.CleanProbability)}")) : Html.Empty)}
            {EmbeddedPicture.Figure(pictures.Occlusion(maps.Activity, lowest, highest), $"heat map of the activity of {found.MapName} by position of the square", Html.Of($"summed activity of {found.MapName}: {Figures.Significant(lowest)} <span class=\"ramp-of-heat\"></span> {Figures.Significant(highest)}; uncovered {Figures.Significant(maps.CleanActivity)}"))}
            </div>
            {(explorer == Html.Empty ? Html.Empty : Html.Of($"<details class=\"unprinted\"><summary>Move the square yourself</summary>{explorer}</details>"))}
            """));
    }
}
