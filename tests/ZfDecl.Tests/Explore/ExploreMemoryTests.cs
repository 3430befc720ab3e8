using System.Net.Http.Headers;
using System.Text.Json;
using TorchSharp;
using ZfDecl.Tests.Data;

namespace ZfDecl.Tests.Explore;

/// <summary>What somebody does for an hour, many times over, leaves no more behind than once.</summary>
[Collection(Alone.Name)]
public sealed class ExploreMemoryTests
{
    private const int Rounds = 40, Warm = 20;

    [Fact]
    public async Task MemoryStaysFlat()
    {
        await using var explorer = await RunningExplorer.Start(Models.DeclaredNetworks.All, new() { Uploads = 1000, KeptBytes = 20_000 });
        var (tensors, bytes) = (0L, 0L);
        for (var round = 0; round < Rounds; round++)
        {
            await Use(explorer, round);
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

    private static async Task Use(RunningExplorer explorer, int round)
    {
        using var picture = new ByteArrayContent(Pictures.Png(40, 40, (x, y) => Pictures.Noise(x + round, y)));
        picture.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        using var answer = await explorer.Client.PostAsync("api/upload", picture);
        var own = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync()).GetProperty("image").GetString();
        foreach (var image in new[] { $"data:{round}", own })
        {
            await explorer.Ask("look", new { subject = new { image, edit = new { rotate = round } }, layer = "conv2" });
            await explorer.Ask("project", new { subject = new { image }, layer = "conv3", rules = new[] { "deconv", "mask", "guided" }, chain = true });
            await explorer.Ask("look", new { subject = new { image, edit = new { occluder = new { y = round % 20, x = 3, size = 6 } } }, layer = "conv3", map = 1, tiles = false });
        }
        await explorer.Send("export", new { pins = new[] { new { id = "a", state = $"layer=conv3&map={round}&image=data:{round}", note = "" } }, format = "safetensors" });
        using var covered = await explorer.Send("occlude", new { subject = new { image = "data:1" }, layer = "conv3", size = 14, stride = 14 });
    }
}
