using System.Globalization;
using ZfDecl.Data.Sets;

namespace ZfDecl.Studies.Transfer;

/// <summary>What is said of what a network has known from its pre-training; null where there is nothing to say.</summary>
internal static class PretrainingText
{
    private const int NamesShown = 10;

    /// <summary>Which classes are the network's own: of these it has more than the few images.</summary>
    /// <param name="classes">The classes that are learned.</param>
    /// <param name="pretrained">The classes of the pre-training; null of a network that is untrained.</param>
    public static string? Familiar(IReadOnlyList<string> classes, IReadOnlyList<string>? pretrained) =>
        pretrained is not null && ClassMapping.Of(classes, pretrained).Shared is { Count: > 0 } own
            ? $"{own.Count} of these {classes.Count} classes the network was itself pretrained on ({string.Join(", ", own.Take(NamesShown))}{(own.Count > NamesShown ? " …" : "")}): of them its features know more than the few images."
            : null;

    /// <summary>How many images are left out.</summary>
    /// <param name="overlaps">Those that the network was pretrained on.</param>
    /// <param name="threshold">The correlation from which on two images count as the same.</param>
    public static string? LeftOut(IReadOnlyList<Overlap> overlaps, double threshold) => overlaps.Count == 0 ? null : string.Create(CultureInfo.InvariantCulture,
        $"{(overlaps.Count == 1 ? "1 image correlates" : $"{overlaps.Count} images correlate")} by {threshold} or more with an image that the network was pretrained on, and {(overlaps.Count == 1 ? "is" : "are")} left out.");
}
