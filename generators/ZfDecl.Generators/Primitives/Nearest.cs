namespace ZfDecl.Generators.Primitives;

/// <summary>Finds the name that was probably meant.</summary>
internal static class Nearest
{
    /// <summary>"; did you mean 'maps'?" or, where nothing is near, "; allowed: kernel, maps, …".</summary>
    public static string Hint(string found, IEnumerable<string> allowed)
    {
        var names = allowed.ToList();
        return To(found, names) is { } near ? $"; did you mean '{near}'?" : names.Count == 0 ? "" : $"; allowed: {string.Join(", ", names)}";
    }

    /// <summary>The nearest of the names, if it is near: at most one edit for every three letters, and a letter of it kept.</summary>
    public static string? To(string found, IEnumerable<string> names)
    {
        if (found.Length > 64)
            return null;
        var (best, least) = ((string?)null, Math.Min(found.Length, Math.Max(1, (found.Length + 1) / 3) + 1));
        foreach (var name in names)
        {
            var distance = Distance(found.ToLowerInvariant(), name.ToLowerInvariant());
            if (distance < least)
                (best, least) = (name, distance);
        }
        return best;
    }

    /// <summary>Edits (insertion, deletion, substitution, swap of neighbours) from one word to the other: optimal string alignment.</summary>
    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                d[i, j] = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, substitution);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }
        return d[a.Length, b.Length];
    }
}
