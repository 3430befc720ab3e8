using System.Text.Json;
using ZfDecl.Analyses.Occlude;
using ZfDecl.Findings;

namespace ZfDecl.Report.Page;

/// <summary>An occlusion to be explored: the reader moves the square over the image, and sees what the network makes of it.</summary>
internal static class ExplorerPart
{
    /// <param name="grid">The occlusion, of a network with classes.</param>
    /// <param name="key">What its values are called for the script.</param>
    /// <param name="image">The address of the image.</param>
    /// <param name="source">The address of the script that holds the values; empty where the page holds them itself.</param>
    public static Html Of(OcclusionGrid grid, string key, string image, string source = "") => Html.Of($"""
        <div class="explorer" data-grid="{key}" data-source="{source}" style="--ratio:{(double)grid.Width / grid.Height:0.####};--image:url(&quot;{image}&quot;)">
        <p class="hint">Move over a picture, or focus one and use the arrow keys: a grey square of {grid.Size}×{grid.Size} pixels covers the image there. On the maps, each position is coloured by what the network answers while the middle of the square is there.</p>
        <div class="panes">
        <figure><div class="pane" data-pane="image" tabindex="0" role="group" aria-roledescription="occlusion explorer" aria-label="{grid.Image}, {grid.Class}; arrow keys move the occluder"><img src="{image}" alt="{grid.Image}, an image of class {grid.Class}" loading="lazy"><span class="square"></span></div><figcaption>{grid.Image} · {grid.Class}</figcaption></figure>
        <figure><div class="pane" data-pane="probability" tabindex="0" role="group" aria-roledescription="occlusion explorer" aria-label="heat map of the probability of {grid.Class}; arrow keys move the occluder"><canvas role="img" aria-label="probability of {grid.Class} by position of the occluder"></canvas><span class="square"></span></div><figcaption>probability of {grid.Class} <span class="ramp-line"></span></figcaption></figure>
        <figure><div class="pane" data-pane="activity" tabindex="0" role="group" aria-roledescription="occlusion explorer" aria-label="heat map of the activity of {grid.Layer}, map {grid.Map}; arrow keys move the occluder"><canvas role="img" aria-label="summed activity of {grid.Layer}, map {grid.Map}, by position of the occluder"></canvas><span class="square"></span></div><figcaption>activity of {grid.Layer}, map {grid.Map} <span class="ramp-line"></span></figcaption></figure>
        <figure><div class="pane" data-pane="predicted" tabindex="0" role="group" aria-roledescription="occlusion explorer" aria-label="map of the most probable class; arrow keys move the occluder"><canvas role="img" aria-label="most probable class by position of the occluder"></canvas><span class="square"></span></div><figcaption>most probable class <span class="classes-line"></span></figcaption></figure>
        </div>
        <table class="readout" aria-label="what the network makes of the image"><thead><tr><td></td><th scope="col">probability of {grid.Class}</th><th scope="col">activity of map {grid.Map}</th><th scope="col" class="text">most probable class</th></tr></thead>
        <tbody><tr><th scope="row">nothing covered</th><td>{Figures.Percent(grid.Baseline.Probability)}</td><td>{Figures.Significant(grid.Baseline.Activity)}</td><td class="text">{grid.Classes[grid.Baseline.Predicted]}</td></tr>
        <tr class="now"><th scope="row" data-read="place">occluder</th><td data-read="probability"></td><td data-read="activity"></td><td class="text" data-read="predicted"></td></tr></tbody></table>
        <p class="unseen" aria-live="polite" data-read="aloud"></p>
        </div>

        """);

    /// <summary>The script that hands the values of an occlusion to the explorer.</summary>
    /// <inheritdoc cref="Of"/>
    public static string Script(OcclusionGrid grid, string key) => $"zf.occlusion({JsonSerializer.Serialize(key)}, {JsonSerializer.Serialize(grid, JsonSerializerOptions.Web)});\n";
}
