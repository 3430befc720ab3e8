using ZfDecl.Analyses.Attribution;
using ZfDecl.Analyses.Explain;
using ZfDecl.Report.Page;

namespace ZfDecl.Report.Explain;

/// <summary>What the gradient says of the same picture: of the class, and of the maps that are shown.</summary>
internal static class GradientPart
{
    public static PagePart? Of(Explanation found, ExplanationPictures pictures)
    {
        var projected = found.Maps.Where(map => map.Gradient.Length > 0).ToArray();
        return found.Rules.Count == 0 && projected.Length == 0 ? null : new("gradient", "What the gradient says", Html.Of($"""
            {(found.Rules.Count == 0 ? Html.Empty : OfClass(found, pictures))}
            {(projected.Length == 0 ? Html.Empty : Html.Of($"""
                <p>The same units as above, projected by the gradient's rule (footnote 1 of the paper), which passes a relu where the picture did:</p>
                {MapsPart.Scale(pictures)}
                <div class="evidence">{projected.Select(map => EmbeddedPicture.Figure(pictures.Projection(map.Gradient, map.Window), $"the gradient of map {map.Map}'s strongest unit", Html.Of($"<b>map {map.Map}</b>, by the gradient")))}</div>
                """))}
            """));
    }

    private static Html OfClass(Explanation found, ExplanationPictures pictures) => Html.Of($"""
        <p>Which pixels speak for {found.ClassName}, by three rules: occlusion, as above, pixel by pixel; {string.Join(" and ", found.Rules.Where(rule => rule.Rule != AttributionRule.Occlusion).Select(rule => AttributionResult.Name(rule.Rule)))} by the gradient of the class's score. Where these differ, none of them is the truth.</p>
        <div class="evidence">{found.Rules.Where(rule => rule.Rule != AttributionRule.Occlusion).Select(rule => EmbeddedPicture.Figure(pictures.Importance(rule.Importance), $"heat map of {AttributionResult.Name(rule.Rule)} for {found.ClassName}", Html.Of($"{AttributionResult.Name(rule.Rule)}: 0 or less <span class=\"ramp-of-heat\"></span> the most")))}</div>
        <div class="scroll" tabindex="0" role="region" aria-label="rules"><table>
        <caption>Area under the probability of {found.ClassName} as pixels become grey, those that the rule names first: the smaller, the more they were needed. A random order has {found.RandomDeletion:0.000}, the mean of ten.</caption>
        <thead><tr><th scope="col" class="text">rule</th><th scope="col">area</th><th scope="col">rank correlation with occlusion</th></tr></thead>
        <tbody>{found.Rules.Select(rule => Html.Of($"<tr><th scope=\"row\">{AttributionResult.Name(rule.Rule)}</th><td>{rule.Deletion:0.000}</td><td>{(rule.Rule == AttributionRule.Occlusion ? "" : FormattableString.Invariant($"{rule.ToOcclusion:0.00;−0.00}"))}</td></tr>\n"))}</tbody>
        </table></div>
        """);
}
