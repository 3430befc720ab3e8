using ZfDecl.Models;
using ZfDecl.Projection;

namespace ZfDecl.Tests.Analysis;

public class WindowCostTests
{
    /// <summary>Where the window was measured against the whole image in batches: faster by far from stages 2 and 3 of ResNet-18, faster from stage 4, slower from stage 5.</summary>
    [Theory]
    [InlineData("ResNet18", "add2_2", true)]
    [InlineData("ResNet18", "add3_2", true)]
    [InlineData("ResNet18", "add4_2", true)]
    [InlineData("ResNet18", "add5_2", false)]
    [InlineData("GoogLeNet", "mixed3b", true)]
    [InlineData("Zf8", "conv5", true)]
    [InlineData("Fashion", "conv3", true)]
    public void TheFasterWayIsTaken(string network, string layer, bool window)
    {
        var info = DeclaredNetworks.All.Single(one => one.Info.Name == network).Info;
        var share = WindowCost.Share(info, info.Layer(layer).Readout);
        Assert.True(share <= WindowCost.WorthIt == window, $"the share is {share}");
    }

    [Fact]
    public void TheShareIsThatOfTheUnitsThatTheWindowsHold()
    {
        // A unit of conv2 sees 3×3 of conv1's 28×28, each of 25 · 1 multiply-adds in 32 maps, by way of pooling 3×3 with stride 2: 7×7 of them; of conv2 itself it is one of 14×14.
        var info = DeclaredNetworks.All.Single(one => one.Info.Name == "Fashion").Info;
        var (conv1, conv2) = (info.Layer("conv1"), info.Layer("conv2"));
        var expected = ((conv2.MultiplyAdds / 196.0) + (conv1.MultiplyAdds * 49 / 784.0)) / (conv1.MultiplyAdds + conv2.MultiplyAdds);
        Assert.Equal(expected, WindowCost.Share(info, conv2.Index), 1e-9);
    }
}
