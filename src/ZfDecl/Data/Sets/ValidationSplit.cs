using System.Globalization;
using System.Text;

namespace ZfDecl.Data.Sets;

/// <summary>Sets a share of each class of the training images aside for validation.</summary>
/// <param name="Seed">Another seed, other images.</param>
/// <param name="Share">Of each class, more than 0 and less than 1; null where nobody has said: a tenth.</param>
internal sealed record ValidationSplit(int Seed, double? Share = null)
{
    private const double Usual = 0.1;

    /// <summary>Of several divisions that set each image aside once, the one that is wanted; null for a share.</summary>
    public DataFold? Fold { get; init; }

    /// <summary>
    /// Splits by the names of the images and the seed alone: of each class with n ≥ 2 images, round(n · share), but at least one and not all; as a fold, every so manieth of them, so that
    /// all folds have as many, of each class and together, but for one. An image stays on its side, mostly, when others come or go and no fold is wanted.
    /// </summary>
    /// <param name="names">The name and the class of each image.</param>
    /// <returns>The indices of both parts, ascending.</returns>
    public (int[] Train, int[] Validation) Of<TClass>(IReadOnlyList<(string Name, TClass Class)> names)
    {
        var drawn = Enumerable.Range(0, names.Count).GroupBy(image => names[image].Class)
            .Select(ofClass => ofClass.OrderBy(image => Draw(names[image].Name)).ThenBy(image => names[image].Name, StringComparer.Ordinal).ToArray());
        var aside = (Fold is { } fold
            ? drawn.Where(ofClass => ofClass.Length > 1).SelectMany(ofClass => ofClass).Where((_, place) => place % fold.Count == fold.Number - 1)
            : drawn.SelectMany(ofClass => ofClass.Take(Count(ofClass.Length)))).ToHashSet();
        return ([.. Enumerable.Range(0, names.Count).Where(image => !aside.Contains(image))], [.. aside.Order()]);
    }

    /// <summary>What is set aside, in words: <c>a tenth of each class, seed 1</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Fold is { } fold ? $"{fold}" : Share is null or Usual ? "a tenth" : $"{Share}")} of each class, seed {Seed}");

    // In decimals, so that a half is a half.
    private int Count(int images) => images < 2 ? 0 : Math.Clamp((int)Math.Round(images * (decimal)(Share ?? Usual), MidpointRounding.AwayFromZero), 1, images - 1);

    /// <summary>A number that depends on name and seed and looks random: FNV-1a of the name, then scrambled.</summary>
    private int Draw(string name)
    {
        var hash = 2166136261;
        foreach (var value in Encoding.UTF8.GetBytes(name))
            hash = (hash ^ value) * 16777619;
        return new AugmentationRandom(Seed, 0, (int)hash).Next(int.MaxValue);
    }
}
