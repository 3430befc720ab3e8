namespace ZfDecl.Tests.NativeCompat;

public class TorchLoadsTests
{
    [Fact]
    public void TorchLoadsAndAdds()
    {
        using var two = TorchSharp.torch.tensor(2f);
        using var four = two + two;

        Assert.Equal(4f, four.item<float>());
    }
}
