using static TorchSharp.torch;

namespace ZfDecl.Analyses.Correspond;

/// <summary>H, the share of features of another sign, between what occluding any region of one image and any of another changes; region 0 is the part's box.</summary>
internal sealed class RegionDistances
{
    private readonly float[,][] shares;     // [i, j] for i < j: [regions · regions]

    /// <param name="signs">Of each image [regions, features] int8: sign(x − x̃), −1, 0 or 1. Not kept.</param>
    public RegionDistances(IReadOnlyList<Tensor> signs)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        (Images, Regions) = (signs.Count, (int)signs[0].shape[0]);
        shares = new float[Images, Images][];
        for (var i = 0; i < Images; i++)
        {
            for (var j = i + 1; j < Images; j++)
            {
                using var inner = NewDisposeScope();
                // Features of one sign are counted as a product of indicators: exact, since float32 counts to 2²⁴.
                var equal = new[] { -1, 0, 1 }.Select(sign => Indicator(signs[i], sign).matmul(Indicator(signs[j], sign).t())).Aggregate((one, other) => one + other);
                shares[i, j] = (1 - equal / signs[i].shape[1]).data<float>().ToArray();
            }
        }
    }

    /// <summary>The images.</summary>
    public int Images { get; }

    /// <summary>The regions of each.</summary>
    public int Regions { get; }

    /// <summary>H of two images with one region each; i &lt; j.</summary>
    public double At(int i, int a, int j, int b) => shares[i, j][a * Regions + b];

    /// <summary>The values of all pairs of images where each has the same region's number.</summary>
    public IEnumerable<double> Pairs(int region) =>
        from i in Enumerable.Range(0, Images)
        from j in Enumerable.Range(i + 1, Images - i - 1)
        select At(i, region, j, region);

    private static Tensor Indicator(Tensor signs, int sign) => signs.eq(sign).to_type(ScalarType.Float32);
}
