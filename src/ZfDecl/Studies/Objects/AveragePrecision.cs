using ZfDecl.Data.Sets;

namespace ZfDecl.Studies.Objects;

/// <summary>
/// How well scores sort the images that hold an object before those that do not, as PASCAL VOC measures it since 2010: the area below precision over recall, where the
/// precision at a recall is the greatest at that recall or beyond, <c>AP = Σₖ (rₖ − rₖ₋₁) max over j ≥ k of pⱼ</c>. Difficult images are left out. Images
/// of one score are taken together, so that their order does not matter.
/// </summary>
internal static class AveragePrecision
{
    /// <summary>The average precision.</summary>
    /// <param name="scores">The score of each image: the higher, the likelier it holds the object.</param>
    /// <param name="labels">Whether it does.</param>
    /// <returns>0 … 1; not a number where no image holds the object.</returns>
    public static double Of(IReadOnlyList<double> scores, IReadOnlyList<Presence> labels)
    {
        var points = new List<(double Recall, double Precision)>();
        var (found, scored, all) = (0, 0, labels.Count(label => label == Presence.Present));
        foreach (var together in Enumerable.Range(0, scores.Count).Where(image => labels[image] != Presence.Difficult).GroupBy(image => scores[image]).OrderByDescending(group => group.Key))
        {
            scored += together.Count();
            found += together.Count(image => labels[image] == Presence.Present);
            points.Add(((double)found / all, (double)found / scored));
        }
        if (all == 0)
            return double.NaN;
        var (area, precision) = (0.0, 0.0);
        for (var k = points.Count - 1; k >= 0; k--)
        {
            precision = Math.Max(precision, points[k].Precision);
            area += (points[k].Recall - (k == 0 ? 0 : points[k - 1].Recall)) * precision;
        }
        return area;
    }
}
