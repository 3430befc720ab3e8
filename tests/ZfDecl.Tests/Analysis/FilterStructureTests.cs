using ZfDecl.Analyses.Diagnose;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Analysis;

[Collection(Alone.Name)]
public class FilterStructureTests
{
    [Theory]
    [InlineData(32, 3, 7)]
    [InlineData(96, 48, 3)]
    [InlineData(4, 1, 5)]
    public void WhiteNoiseIsNotLearnedWhateverItsSize(int maps, int channels, int side)
    {
        random.manual_seed(7);
        using var noise = randn(maps, channels, side, side) * 0.01;
        Assert.True(FilterStructure.Of(noise, seed: 1)!.IsInitial);
    }

    [Fact]
    public void SmoothedNoiseIsLearned()
    {
        random.manual_seed(7);
        using var noise = randn(32, 3, 9, 9);
        using var smooth = nn.functional.avg_pool2d(noise, 3, stride: 1);
        Assert.False(FilterStructure.Of(smooth, seed: 1)!.IsInitial);
    }

    [Fact]
    public void FiltersThatAlternateAreLearnedThoughTheirShareOfLowFrequenciesIsSmall()
    {
        using var board = arange(5).unsqueeze(0).add(arange(5).unsqueeze(1)).remainder(2).mul(2).sub(1).to_type(ScalarType.Float32).expand(8, 1, 5, 5);
        var structure = FilterStructure.Of(board, seed: 1)!;
        Assert.Equal(-1, structure.Autocorrelation, 1e-9);
        Assert.False(structure.IsInitial);
    }

    [Fact]
    public void AutocorrelationIsThatOfTwoLoops()
    {
        random.manual_seed(3);
        using var filters = randn(5, 2, 3, 4);
        var values = filters.data<float>().ToArray();
        var expected = Enumerable.Range(0, 10).Average(kernel =>
        {
            var (products, pairs, squares) = (0.0, 0, 0.0);
            for (var y = 0; y < 3; y++)
            {
                for (var x = 0; x < 4; x++)
                {
                    squares += At(y, x) * At(y, x);
                    if (y < 2)
                        (products, pairs) = (products + (At(y, x) * At(y + 1, x)), pairs + 1);
                    if (x < 3)
                        (products, pairs) = (products + (At(y, x) * At(y, x + 1)), pairs + 1);
                }
            }
            return products / pairs / (squares / 12);

            double At(int y, int x) => values[(kernel * 12) + (y * 4) + x];
        });
        Assert.Equal(expected, FilterStructure.Of(filters, seed: 1)!.Autocorrelation, 1e-9);
    }

    [Fact]
    public void KernelsOfOneWeightHaveNoStructureToJudge()
    {
        using var filters = ones(4, 3, 1, 1);
        Assert.Null(FilterStructure.Of(filters, seed: 1));
    }

    [Fact]
    public void FiltersOfZerosAreNotJudged()
    {
        using var filters = zeros(4, 3, 3, 3);
        Assert.Null(FilterStructure.Of(filters, seed: 1));
    }
}
