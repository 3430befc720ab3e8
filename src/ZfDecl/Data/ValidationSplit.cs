using System.Text;

namespace ZfDecl.Data;

/// <summary>Sets a tenth of each class aside for validation.</summary>
internal static class ValidationSplit
{
    /// <summary>
    /// Splits by the names of the files and the seed alone: of each class with n ≥ 2 images, round(n / 10) but at least one. An image stays on its
    /// side, mostly, when others come or go.
    /// </summary>
    /// <returns>Both parts, each in the order of <paramref name="files"/>.</returns>
    public static (ImageFile[] Train, ImageFile[] Validation) Of(ImageFile[] files, int seed)
    {
        var aside = files.GroupBy(file => file.Class).SelectMany(ofClass =>
        {
            var count = ofClass.Count();
            return ofClass.OrderBy(file => Draw(file.Name, seed)).ThenBy(file => file.Name, StringComparer.Ordinal)
                .Take(count < 2 ? 0 : Math.Max((count + 5) / 10, 1));
        }).ToHashSet();
        return ([.. files.Where(file => !aside.Contains(file))], [.. files.Where(aside.Contains)]);
    }

    /// <summary>A number that depends on name and seed and looks random: FNV-1a of the name, then scrambled.</summary>
    private static int Draw(string name, int seed)
    {
        var hash = 2166136261;
        foreach (var value in Encoding.UTF8.GetBytes(name))
            hash = (hash ^ value) * 16777619;
        return new AugmentationRandom(seed, 0, (int)hash).Next(int.MaxValue);
    }
}
