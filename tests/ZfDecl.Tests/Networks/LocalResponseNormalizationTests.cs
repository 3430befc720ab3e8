using ZfDecl.Networks.Kernels;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ZfDecl.Tests.Networks;

public class LocalResponseNormalizationTests
{
    public static TheoryData<int, int, int, int, int> Shapes => new()
    {
        { 1, 1, 1, 1, 5 },
        { 2, 7, 3, 3, 5 },          // smaller than a strip of 16 pixels
        { 2, 32, 4, 4, 5 },         // one strip
        { 3, 16, 5, 7, 3 },         // the last strip overlaps
        { 2, 9, 14, 14, 4 },        // an even size: the window is not symmetric
        { 2, 3, 13, 13, 9 },        // more neighbours than maps
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void ItAgreesWithTorchForwardAndBackward(int n, int maps, int height, int width, int size)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(7);
        var start = randn([n, maps, height, width], generator: generator) * 3;
        var weights = randn([n, maps, height, width], generator: generator);
        var (own, torchs) = (start.clone().requires_grad_(true), start.clone().requires_grad_(true));

        var result = LocalResponseNormalization.Apply(own, size, 0.9, 0.75, 1.5);
        var expected = F.local_response_norm(torchs, size, 0.9, 0.75, 1.5);
        AssertClose(expected, result);
        (result * weights).sum().backward();
        (expected * weights).sum().backward();
        AssertClose(torchs.grad!, own.grad!);
    }

    [Fact]
    public void WithoutGradientsTheValuesAreTheSame()
    {
        using var scope = NewDisposeScope();
        var maps = randn(2, 8, 6, 6);
        using var noGrad = no_grad();
        AssertClose(F.local_response_norm(maps, 5, 5e-4, 0.75, 2), LocalResponseNormalization.Apply(maps, 5, 5e-4, 0.75, 2));
    }

    [Fact]
    public void MapsThatAreNotLaidOutInOrderAreRead()
    {
        using var scope = NewDisposeScope();
        var maps = randn(2, 6, 6, 8).permute(0, 3, 1, 2);
        AssertClose(F.local_response_norm(maps, 5, 0.1, 0.75, 2), LocalResponseNormalization.Apply(maps, 5, 0.1, 0.75, 2));
    }

    [Fact]
    public void AnotherExponentIsTorchs()
    {
        using var scope = NewDisposeScope();
        var maps = randn(2, 6, 6, 8);
        AssertClose(F.local_response_norm(maps, 3, 0.1, 0.5, 1), LocalResponseNormalization.Apply(maps, 3, 0.1, 0.5, 1));
    }

    /// <summary>The largest difference is at most 1e-6 of the largest value.</summary>
    private static void AssertClose(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        var scale = expected.abs().max().item<float>();
        Assert.InRange((expected - actual).abs().max().item<float>(), 0, 1e-6f * Math.Max(scale, 1e-3f));
    }
}
