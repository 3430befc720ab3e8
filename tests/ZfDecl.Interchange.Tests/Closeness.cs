namespace ZfDecl.Interchange.Tests;

/// <summary>Whether two programs have computed the same.</summary>
internal static class Closeness
{
    /// <summary>What differs by more than 1e-4 of the largest value; null where nothing does.</summary>
    public static string? Difference(float[] expected, float[] found, float tolerance = 1e-4f)
    {
        if (expected.Length != found.Length)
            return $"{expected.Length} values are expected, and {found.Length} are there";
        var scale = Math.Max(expected.Max(Math.Abs), 1e-3f);
        for (var i = 0; i < expected.Length; i++)
            if (!(Math.Abs(expected[i] - found[i]) <= tolerance * scale))
                return FormattableString.Invariant($"value {i} of {expected.Length} is {found[i]}, and should be {expected[i]}; the largest is {scale}");
        return null;
    }
}
