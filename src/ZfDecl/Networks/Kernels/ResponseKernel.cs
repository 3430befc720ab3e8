using System.Numerics;
using System.Runtime.CompilerServices;

namespace ZfDecl.Networks.Kernels;

/// <summary>
/// The arithmetic of <see cref="LocalResponseNormalization"/> for the exponent 0.75, at one position of one image: on the row of values that its maps have
/// there. A row is at least a vector wide; its last vector may overlap the one
/// before, so nothing is read where it is written.
/// </summary>
internal sealed unsafe class ResponseKernel(ResponseParameters parameters, int maps)
{
    public const double Beta = 0.75;

    private readonly int size = parameters.Size;
    private readonly int before = parameters.Size / 2;
    private readonly int after = (parameters.Size - 1) / 2;
    private readonly float weight = (float)(parameters.Alpha / parameters.Size);
    private readonly float constant = (float)parameters.K;

    /// <summary>Floats of working memory that it needs, zero at first: two rows with margins, which stay zero, and one without.</summary>
    public int Scratch => (2 * Padded) + maps;

    private int Padded => maps + size - 1;

    /// <summary>y = x · s^−¾.</summary>
    public void Forward(float* x, float* y, float* scratch)
    {
        Square(x, scratch);
        for (var c = 0; c < maps; c += Vector<float>.Count)
        {
            var at = Math.Min(c, maps - Vector<float>.Count);
            (Vector.Load(x + at) / PowerOfThreeQuarters(Denominator(scratch + at))).Store(y + at);
        }
    }

    /// <summary>dx = g · s^−¾ − (3/2 · alpha / size) · x · Σ (g · x · s^−7/4), the sum over the maps whose windows hold this one.</summary>
    public void Backward(float* x, float* g, float* dx, float* scratch)
    {
        Square(x, scratch);
        float* products = scratch + Padded, scaled = products + Padded;
        for (var c = 0; c < maps; c += Vector<float>.Count)
        {
            var at = Math.Min(c, maps - Vector<float>.Count);
            var s = Denominator(scratch + at);
            var one = Vector.Load(g + at) / (s * PowerOfThreeQuarters(s));       // g · s^−7/4
            (one * s).Store(scaled + at);
            (one * Vector.Load(x + at)).Store(products + after + at);
        }
        var factor = new Vector<float>(1.5f * weight);
        for (var c = 0; c < maps; c += Vector<float>.Count)
        {
            var at = Math.Min(c, maps - Vector<float>.Count);
            (Vector.Load(scaled + at) - (factor * Vector.Load(x + at) * Sum(products + at))).Store(dx + at);
        }
    }

    private void Square(float* x, float* squares)
    {
        for (var c = 0; c < maps; c += Vector<float>.Count)
        {
            var at = Math.Min(c, maps - Vector<float>.Count);
            var value = Vector.Load(x + at);
            (value * value).Store(squares + before + at);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector<float> Denominator(float* squares) => Sum(squares) * new Vector<float>(weight) + new Vector<float>(constant);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector<float> Sum(float* window)
    {
        var sum = Vector.Load(window);
        for (var i = 1; i < size; i++)
            sum += Vector.Load(window + i);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> PowerOfThreeQuarters(Vector<float> s) => Vector.SquareRoot(s * Vector.SquareRoot(s));
}
