using System.Numerics;
using System.Runtime.InteropServices;
using ZfDecl.Data;

namespace ZfDecl.Studies.Classifiers;

/// <summary>Dual coordinate descent for a linear support vector machine with squared hinge loss (Hsieh et al. 2008, algorithm 1, L2-loss).</summary>
internal static class DualDescent
{
    private const double Tolerance = 1e-3;          // of the projected gradient, which is in units of the margin
    private const int FewestPasses = 30, MostPasses = 1000;
    private const int UnknownsAPass = 16;           // a Newton step in n unknowns takes as long as about n / 16 passes

    /// <summary>Goes through the images until the optimum is near, or Newton's method is the faster way.</summary>
    /// <param name="rows">The images, one behind the other, [N, D].</param>
    /// <param name="squares">Their squared lengths.</param>
    /// <param name="sides">yᵢ of each, ±1.</param>
    /// <param name="seed">Decides the order.</param>
    /// <param name="c">C.</param>
    /// <param name="w">[D], zeros; becomes the solution.</param>
    public static void Approach(float[] rows, double[] squares, int[] sides, int seed, double c, Span<float> w)
    {
        var alpha = new double[sides.Length];
        int[] order = [.. Enumerable.Range(0, sides.Length)];
        var passes = Math.Clamp(Math.Min(sides.Length, w.Length) / UnknownsAPass, FewestPasses, MostPasses);
        for (var pass = 0; pass < passes; pass++)
        {
            new AugmentationRandom(0, pass, seed).Shuffle(order);
            var (greatest, least) = (double.NegativeInfinity, double.PositiveInfinity);
            foreach (var i in order)
            {
                var x = rows.AsSpan(i * w.Length, w.Length);
                var gradient = sides[i] * Dot(w, x) - 1 + alpha[i] / (2 * c);
                var projected = alpha[i] == 0 ? Math.Min(gradient, 0) : gradient;
                (greatest, least) = (Math.Max(greatest, projected), Math.Min(least, projected));
                if (projected == 0)
                    continue;
                var next = Math.Max(alpha[i] - gradient / (squares[i] + 1 / (2 * c)), 0);
                AddScaled(w, (float)((next - alpha[i]) * sides[i]), x);
                alpha[i] = next;
            }
            if (greatest - least <= Tolerance)
                return;
        }
    }

    private static float Dot(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        var ones = MemoryMarshal.Cast<float, Vector<float>>(one);
        var others = MemoryMarshal.Cast<float, Vector<float>>(other);
        var sums = Vector<float>.Zero;
        for (var i = 0; i < ones.Length; i++)
            sums += ones[i] * others[i];
        var sum = Vector.Sum(sums);
        for (var i = ones.Length * Vector<float>.Count; i < one.Length; i++)
            sum += one[i] * other[i];
        return sum;
    }

    private static void AddScaled(Span<float> target, float factor, ReadOnlySpan<float> added)
    {
        var targets = MemoryMarshal.Cast<float, Vector<float>>(target);
        var addeds = MemoryMarshal.Cast<float, Vector<float>>(added);
        for (var i = 0; i < targets.Length; i++)
            targets[i] += addeds[i] * factor;
        for (var i = targets.Length * Vector<float>.Count; i < target.Length; i++)
            target[i] += added[i] * factor;
    }
}
