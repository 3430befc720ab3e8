using ZfDecl.Analyses.Explain;
using ZfDecl.Findings;
using ZfDecl.Report.Page;

namespace ZfDecl.Report.Explain;

/// <summary>The feature maps that the image excites most, with their projections in their places.</summary>
internal static class MapsPart
{
    public static PagePart? Of(Explanation found, ExplanationPictures pictures)
    {
        var layer = found.Occlusion.Layer;
        if (found.Maps.Count == 0)
            return new("maps", "The strongest feature maps", Html.Of($"<p>Nothing in the picture excites a map of {layer.Name}.</p>"));
        var projected = found.Maps.Any(map => map.Projection.Length > 0);
        return new("maps", "The strongest feature maps", Html.Of($"""
            <p>The maps of {layer.Name} that the picture excites most. Of each the strongest unit alone is taken back down to the pixels (Zeiler &amp; Fergus 2014): what in the picture excites it, in its place. {(projected ? "Above, the picture shines through where that projection is strong; below is the projection itself. A frame is around what the unit sees, where that is not all." : $"{layer.Name} cannot be projected: a layer on the way has no step of the backward projection.")}</p>
            {(projected ? Scale(pictures) : Html.Empty)}
            {(projected ? Html.Of($"<div class=\"evidence\">{found.Maps.Select(map => Html.Of($"<div>{EmbeddedPicture.Figure(pictures.Spotlight(map.Projection, map.Window), $"what excites map {map.Map}, shining through the picture", Html.Of($"<b>map {map.Map}</b>, activation {Figures.Significant(map.Value)}"))}{EmbeddedPicture.Figure(pictures.Projection(map.Projection, map.Window), $"the projection of map {map.Map}", Html.Empty)}</div>\n"))}</div>") : Html.Empty)}
            <div class="scroll" tabindex="0" role="region" aria-label="feature maps"><table>
            <thead><tr><th scope="col" class="text">map</th><th scope="col">activation</th><th scope="col">at row, column</th>{(found.HasClass ? Html.Of($"<th scope=\"col\">probability of {found.ClassName} without it</th><th scope=\"col\">change</th>") : Html.Empty)}</tr></thead>
            <tbody>{found.Maps.Select(map => Html.Of($"<tr><th scope=\"row\">{map.Map}</th><td>{Figures.Significant(map.Value)}</td><td>{map.At.Y}, {map.At.X}</td>{(map.Without is { } without ? Html.Of($"<td>{Figures.Percent(without)}</td><td>{Change(without - found.Probability)}</td>") : Html.Empty)}</tr>\n"))}</tbody>
            </table></div>
            {(found.HasClass ? Html.Of($"<p class=\"hint\">Without a map means: all of it is set to 0, and the layers above see the rest as it was.</p>") : Html.Empty)}
            """));
    }

    /// <summary>The line that says what the shades of projections mean.</summary>
    public static Html Scale(ExplanationPictures pictures) => Html.Of($"<p class=\"scale\"><span>−{pictures.Scale.RangeText}</span><span class=\"ramp\" role=\"img\" aria-label=\"black to white through mid grey\"></span><span>+{pictures.Scale.RangeText}</span><span class=\"hint\">one scale for all projections of this page</span></p>");

    private static string Change(double difference) => FormattableString.Invariant($"{100 * difference:+0.00;−0.00;0.00}");
}
