namespace ZfDecl.Cli;

/// <summary>The name that somebody meant who typed another one.</summary>
public static class NearestName
{
    /// <summary>The name that takes the fewest edits (a character inserted, removed or replaced; case does not count) to be typed so.</summary>
    /// <returns>Null where even that takes more edits than a third of its length, but at least 2.</returns>
    public static string? Among(IEnumerable<string> names, string typed)
    {
        var best = names.Select(name => (Name: name, Edits: Edits(name.ToUpperInvariant(), typed.ToUpperInvariant()))).OrderBy(pair => pair.Edits).FirstOrDefault();
        return best.Name is { } name && best.Edits <= Math.Max(2, name.Length / 3) ? name : null;
    }

    // Levenshtein's distance, by rows.
    private static int Edits(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (one[i - 1] == other[j - 1] ? 0 : 1)));
        }
        return row[^1];
    }
}
