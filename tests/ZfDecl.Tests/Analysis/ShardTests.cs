using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Search;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Analysis;

public class ShardTests
{
    private static readonly LayerInfo Layer = new(0, "some", "conv", new(3, 4, 4), default, 0, 0, 0);

    private static readonly SearchIdentity Search = new()
    {
        SpecHash = "a",
        WeightsHash = "b",
        DataHash = "c",
        Split = "validation",
        Images = 30,
        Batch = 4,
        Top = 4,
        PerImage = PerImage.One,
        Layers = "some",
    };

    [Theory]
    [InlineData(30, 4, 3)]
    [InlineData(2000, 17, 8)]
    [InlineData(5, 4, 4)]       // more shards than batches: some are empty
    public void ShardsAreWholeBatchesAndCoverEachImageOnce(int images, int batch, int count)
    {
        var next = 0;
        for (var number = 1; number <= count; number++)
        {
            var (first, length) = new Shard(number, count).Of(images, batch);
            Assert.Equal(next, first);
            Assert.True(first % batch == 0 || length == 0);
            next = first + length;
        }
        Assert.Equal(images, next);
    }

    [Theory]
    [InlineData("2/8", true)]
    [InlineData("1/1", true)]
    [InlineData("0/8", false)]
    [InlineData("9/8", false)]
    [InlineData("2", false)]
    [InlineData("-1/8", false)]
    public void AShardIsWrittenAsAPartOfAWhole(string text, bool isOne) => Assert.Equal(isOne ? text : null, Shard.Parse(text)?.ToString());

    [Fact]
    public void MergedFilesAreTheWholeSearch()
    {
        using var folder = new TemporaryFolder();
        var whole = Find(0, 30);
        WriteAll(folder[""]);
        var merged = new TopUnits(Layer, 4);
        Assert.Equal(3, ShardFile.Merge(folder[""], Search, [merged]));
        for (var map = 0; map < 3; map++)
            Assert.Equal(whole.Of(map).ToArray(), merged.Of(map).ToArray());
    }

    [Fact]
    public void AMissingShardIsNamed()
    {
        using var folder = new TemporaryFolder();
        WriteAll(folder[""]);
        File.Delete(ShardFile.PathOf(folder[""], new(2, 3)));
        var error = Assert.Throws<ZfDeclException>(() => ShardFile.Merge(folder[""], Search, [new TopUnits(Layer, 4)]));
        Assert.Equal("ZF1415", error.Code);
        Assert.Contains("`shard=2/3`", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 3)]          // empty
    [InlineData(1, 2)]          // cut in half
    [InlineData(1, 1)]          // a byte changed
    public void ADamagedShardIsNamed(int part, int of)
    {
        using var folder = new TemporaryFolder();
        WriteAll(folder[""]);
        var path = ShardFile.PathOf(folder[""], new(1, 3));
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 3] ^= 1;
        File.WriteAllBytes(path, bytes[..(bytes.Length * part / of)]);
        var error = Assert.Throws<ZfDeclException>(() => ShardFile.Merge(folder[""], Search, [new TopUnits(Layer, 4)]));
        Assert.Equal((part == 0 ? "ZF1220" : "ZF1416", path), (error.Code, error.File));
    }

    [Fact]
    public void AShardOfAnotherSearchIsNamedWithTheDifference()
    {
        using var folder = new TemporaryFolder();
        WriteAll(folder[""]);
        var error = Assert.Throws<ZfDeclException>(() => ShardFile.Merge(folder[""], Search with { WeightsHash = "z" }, [new TopUnits(Layer, 4)]));
        Assert.Equal("ZF1417", error.Code);
        Assert.Contains("its weights hash is b, wanted is z", error.Message, StringComparison.Ordinal);
    }

    private static void WriteAll(string folder)
    {
        for (var number = 1; number <= 3; number++)
        {
            var (first, count) = new Shard(number, 3).Of(30, 4);
            ShardFile.Write(folder, new(number, 3), Search, [Find(first, count)]);
        }
    }

    private static TopUnits Find(int first, int count)
    {
        using var maps = randn([30, 3, 4, 4], generator: new Generator(6));
        var found = new TopUnits(Layer, 4);
        using var part = maps.narrow(0, first, count);
        found.Add(part, [.. Enumerable.Range(first, count)]);
        return found;
    }
}
