using TorchSharp;
using ZfDecl.Endurance.Exploring;

namespace ZfDecl.Tests.Explore;

/// <summary>
/// What somebody does again and again leaves no more behind than once. <c>dotnet run -c Release --project tests/ZfDecl.Endurance -- explore --use 60</c> does it for an hour.
/// </summary>
[Collection(Alone.Name)]
public sealed class ExploreMemoryTests
{
    private const int Rounds = 24, Warm = 12;

    [Fact]
    public async Task MemoryStaysFlat()
    {
        await using var explorer = await RunningExplorer.Start(Models.DeclaredNetworks.All, new() { Uploads = 1000, KeptBytes = 20_000 });
        using var use = new ScriptedUse(explorer.Explorer.Server.FirstAddress);
        var (tensors, bytes) = (0L, 0L);
        for (var round = 0; round < Rounds; round++)
        {
            await use.Once(round);
            if (round != Warm && round != Rounds - 1)
                continue;
            var (nowTensors, nowBytes) = (torch.Tensor.TotalCount, GC.GetTotalMemory(forceFullCollection: true));
            if (round > Warm)
            {
                Assert.InRange(nowTensors, 0, tensors);
                Assert.InRange(nowBytes, 0, bytes + 4_000_000);
            }
            (tensors, bytes) = (nowTensors, nowBytes);
        }
    }
}
