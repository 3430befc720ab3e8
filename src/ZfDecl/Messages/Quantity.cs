using System.Globalization;

namespace ZfDecl.Messages;

/// <summary>Numbers of things in messages.</summary>
internal static class Quantity
{
    /// <summary>So many of a thing: <c>1 image</c>, <c>2 images</c>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="one">The word for one.</param>
    /// <param name="several">The word for several, where it is not that with an s.</param>
    public static string Of(int count, string one, string? several = null) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : several ?? one + "s")}");
}
