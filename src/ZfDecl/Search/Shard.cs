using System.Globalization;

namespace ZfDecl.Search;

/// <summary>A part of a search, for one of several processes: the batches of the whole search fall into that many runs of neighbouring ones.</summary>
/// <param name="Number">Which part, from 1.</param>
/// <param name="Count">How many parts there are.</param>
public readonly record struct Shard(int Number, int Count)
{
    /// <summary>The whole search.</summary>
    public static Shard Whole { get; } = new(1, 1);

    /// <summary>The images of this part. They begin with a batch of the whole search, so that each image is computed in the same company, to the same bits.</summary>
    /// <param name="images">Images in all.</param>
    /// <param name="batch">Images in a batch.</param>
    public (int First, int Count) Of(int images, int batch)
    {
        var batches = (images + batch - 1L) / batch;
        var (first, end) = ((int)Math.Min(batches * (Number - 1) / Count * batch, images), (int)Math.Min(batches * Number / Count * batch, images));
        return (first, end - first);
    }

    /// <summary>For example <c>2/8</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Count}");

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <returns>Null where the text is no part of a whole.</returns>
    public static Shard? Parse(string text) =>
        text.Split('/') is [var number, var count]
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var of)
        && n >= 1 && n <= of
            ? new(n, of)
            : null;
}
