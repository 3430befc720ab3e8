using System.Runtime.Intrinsics;
using ZfDecl.Projection;

namespace ZfDecl.Tests.Deconvolution;

public class FilterKernelTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public unsafe void ABlockIsTheSumOfItsScaledFilters(bool wide, bool half)
    {
        if (wide && !Vector512.IsHardwareAccelerated)
            return;
        var random = new Random(3);
        float[] filters = [.. Enumerable.Range(0, 6 * FilterKernel.Block).Select(_ => random.NextSingle() - 0.5f)];
        int[] maps = [0, 2, 3, 5];
        float[] values = [1.5f, -2, 0.25f, 3];
        var sum = new float[FilterKernel.Block];
        fixed (float* f = filters, v = values, s = sum)
        fixed (int* m = maps)
        {
            if (wide && half)
                FilterKernel.Half512(f, m, v, maps.Length, s);
            else if (wide)
                FilterKernel.Whole512(f, m, v, maps.Length, s);
            else
                FilterKernel.Each256(f, m, v, maps.Length, s, half);
        }
        for (var i = 0; i < FilterKernel.Block; i++)
        {
            var expected = half && i >= FilterKernel.Block / 2 ? 0 : maps.Zip(values, (map, value) => (double)value * filters[(map * FilterKernel.Block) + i]).Sum();
            Assert.Equal(expected, sum[i], 1e-6);
        }
    }
}
