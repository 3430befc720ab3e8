namespace ZfDecl.Data.Sets;

/// <summary>The order of names in which the numbers in them count as numbers: 0, 1, 2, 10; img2, img10. All else is in ordinal order.</summary>
internal sealed class NaturalOrder : IComparer<string>
{
    /// <summary>The order.</summary>
    public static NaturalOrder Names { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        var left = x.AsSpan();
        var right = y.AsSpan();
        while (left.Length > 0 && right.Length > 0)
        {
            var (digits, others) = (Digits(left), Digits(right));
            var order = digits > 0 && others > 0 ? ByValue(left[..digits], right[..others]) : left[0].CompareTo(right[0]);
            if (order != 0)
                return order;
            left = left[Math.Max(digits, 1)..];
            right = right[Math.Max(others, 1)..];
        }
        return left.Length != right.Length ? left.Length.CompareTo(right.Length) : string.CompareOrdinal(x, y);      // 01 and 1 are two names
    }

    private static int Digits(ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? end : text.Length;

    // Of any length: with as many digits, the values are in the order of the texts.
    private static int ByValue(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        left = left.TrimStart('0');
        right = right.TrimStart('0');
        return left.Length != right.Length ? left.Length.CompareTo(right.Length) : left.SequenceCompareTo(right);
    }
}
