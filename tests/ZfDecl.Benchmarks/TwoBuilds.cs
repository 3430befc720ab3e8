using System.Globalization;

namespace ZfDecl.Benchmarks;

/// <summary>
/// This build against another one, such as that of an earlier commit: the same work in two processes that live at the same time and take turns, for half a
/// minute and at least 24 pairs. Prints the other's time over this one's, with the 95 % interval of the mean of its logarithm: 1 is as fast, above it faster.
/// </summary>
internal static class TwoBuilds
{
    private const int LeastPairs = 24, WarmUp = 3;

    private const double Seconds = 30;

    private static readonly string[] Usual =
        ["forward16", "step32", "small", "projection-conv2", "projection-conv3", "projection-conv5", "occlusion", "search", "generator-cold", "generator-edit"];

    /// <param name="other">The other build's program, <c>bin/Release/net10.0/ZfDecl.Benchmarks</c>.</param>
    /// <param name="works">Names of <see cref="Workloads.All"/> that both builds have; the usual ones where there are none.</param>
    public static void Measure(string other, IReadOnlyList<string> works)
    {
        Console.WriteLine($"{"work",-20}{"this",12}{"other",12}{"ratio",9}{"95 % interval",18}{"pairs",8}");
        foreach (var work in works.Count > 0 ? works : Usual)
        {
            using Worker own = new(work, isPlain: false, isAsInTargets: true), others = new(work, isPlain: false, isAsInTargets: true, program: other);
            var (mine, theirs) = (new List<double>(), new List<double>());
            for (var pair = -WarmUp; pair < LeastPairs || mine.Sum() + theirs.Sum() < Seconds; pair++)
            {
                // Who goes first changes from pair to pair, so that a drift favours neither.
                var (first, second) = pair % 2 == 0 ? (own.Round(), others.Round()) : Swapped(others.Round(), own.Round());
                if (pair < 0)
                    continue;
                mine.Add(first);
                theirs.Add(second);
            }
            var logarithms = mine.Zip(theirs, (one, two) => Math.Log(two / one)).ToArray();
            var mean = logarithms.Average();
            var pairs = logarithms.Length;
            var half = StudentT(pairs - 1) * Math.Sqrt(logarithms.Sum(value => (value - mean) * (value - mean)) / (pairs - 1) / pairs);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{work,-20}{mine.Average() * 1e3,9:F1} ms{theirs.Average() * 1e3,9:F1} ms{Math.Exp(mean),9:F3}{$"{Math.Exp(mean - half):F3} – {Math.Exp(mean + half):F3}",18}{pairs,8}"));
        }
    }

    /// <summary>The 97.5 % quantile of Student's distribution, by its expansion at the normal one's; within 0.001 from 20 degrees of freedom on.</summary>
    private static double StudentT(int freedom) => 1.95996 + (2.37227 / freedom) + (2.8225 / freedom / freedom);

    private static (double, double) Swapped(double first, double second) => (second, first);
}
