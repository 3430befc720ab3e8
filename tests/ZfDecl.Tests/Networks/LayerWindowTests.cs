using ZfDecl.Networks;

namespace ZfDecl.Tests.Networks;

public class LayerWindowTests
{
    [Theory]
    [InlineData(2, 2, 0, 6, 12, true)]
    [InlineData(3, 2, 0, 5, 12, false)]     // rounded down: the last row is seen by no window
    [InlineData(3, 2, 0, 6, 12, true)]      // rounded up
    [InlineData(1, 2, 0, 6, 12, false)]     // a stride beyond the kernel
    [InlineData(3, 2, 1, 6, 12, true)]
    public void APoolingMayLeaveUnitsOut(int kernel, int stride, int padding, int places, int units, bool expected)
    {
        var window = new LayerWindow(kernel, kernel, stride, stride, padding, padding, 1, 1);
        Assert.Equal(expected, window.Covers(new(2, units, units), new(2, places, places)));
        var across = window with { KernelHeight = 2, StrideY = 2, PaddingY = 0 };
        Assert.Equal(expected, across.Covers(new(2, 12, units), new(2, 6, places)));
    }
}
