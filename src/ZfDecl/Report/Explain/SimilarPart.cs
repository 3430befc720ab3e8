using ZfDecl.Analyses.Explain;
using ZfDecl.Report.Page;

namespace ZfDecl.Report.Explain;

/// <summary>The training images most alike in features.</summary>
internal static class SimilarPart
{
    public static PagePart Of(Explanation found, ExplanationPictures pictures) => found.Similar is not { } similar
        ? new("similar", "Images most alike", Html.Of($"<p class=\"missing\" role=\"note\">There is nothing to compare with: {found.NothingSimilar}.</p>"))
        : new("similar", "Images most alike", Html.Of($"""
            <p>Of {similar.Compared:N0} {found.SimilarOf}{(similar.Compared < similar.Of ? $", taken evenly from {similar.Of:N0}" : "")}, those that resemble the picture most in the output of {similar.Layer}: by the cosine of the angle between both, 1 being the same direction. Half of all have {similar.Median:0.00} or more.{(found.SimilarAreTraining ? "" : " The network was not trained on these images.")}</p>
            <div class="evidence">{similar.Most.Select(image => EmbeddedPicture.Figure(pictures.Other(image.Pixels), $"{image.Name}{(image.Class.Length > 0 ? $", {image.Class}" : "")}", Html.Of($"<b>{(image.Class.Length > 0 ? image.Class : image.Name)}</b> {image.Cosine:0.000}{(image.IsSame ? ", the very same picture" : "")}{(image.Class.Length > 0 ? Html.Of($"<br>{image.Name}") : Html.Empty)}")))}</div>
            """));
}
