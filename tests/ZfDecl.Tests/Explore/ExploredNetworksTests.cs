using System.Net;
using System.Text.Json;
using ZfDecl.Networks;
using ZfDecl.Tests.Analysis;
using ZfDecl.Tests.Data;

namespace ZfDecl.Tests.Explore;

/// <summary>Networks of other kinds than the one that comes with its weights: in colour, at full size, with branches, without classes.</summary>
public sealed class ExploredNetworksTests : IDisposable
{
    private static readonly string[] AllRules = ["deconv", "mask", "guided"];

    private readonly TemporaryFolder pictures = new();

    public ExploredNetworksTests()
    {
        foreach (var name in new[] { "cat/1.png", "cat/2.png", "cat/3.png", "dog/1.png", "dog/2.png", "dog/3.png" })
            File.WriteAllBytes(pictures[name.Split('/')], Pictures.Png(80, 60, (x, y) => Pictures.Noise(x / 9, (y / 7) + name.Length + name[4])));
    }

    public void Dispose() => pictures.Dispose();

    [Theory]
    [InlineData("Shapes", "conv2", 50)]             // 64×64 in colour
    [InlineData("Zf8", "conv5", 4)]                 // 224×224
    [InlineData("SqueezeNet11", null, 4)]           // a graph
    public async Task ANetworkInColourShowsItsClassesTilesAndProjections(string spec, string? layer, int clicks)
    {
        await using var explorer = await RunningExplorer.Start($"spec={spec}", "run=untrained", $"data={pictures.Path}", "seed=3");
        var network = (await explorer.Get("network")).GetProperty("nets")[0];
        var shown = network.GetProperty("layers").EnumerateArray().First(one => layer is null ? one.GetProperty("index").GetInt32() > 3 && one.GetProperty("kind").GetString() == "conv" : one.GetProperty("name").GetString() == layer);
        layer = shown.GetProperty("name").GetString();
        var look = await explorer.Ask("look", new { subject = new { image = "data:0" }, layer, tile = 16 });
        Assert.Equal(2, look.GetProperty("top").GetArrayLength());
        Assert.Equal(shown.GetProperty("maps").GetInt32(), look.GetProperty("max").GetArrayLength());
        Assert.Equal(3 * network.GetProperty("input").GetProperty("height").GetInt32() * network.GetProperty("input").GetProperty("width").GetInt32(), look.GetProperty("seenU8").GetBytesFromBase64().Length);
        var project = await explorer.Ask("project", new { subject = new { image = "data:0" }, layer, rules = AllRules, chain = true });
        Assert.All(project.GetProperty("pictures").EnumerateArray(), picture =>
        {
            Assert.Equal(3, picture.GetProperty("maps").GetInt32());
            Assert.True(picture.GetProperty("absMax").GetSingle() > 0);
        });
        Assert.All(project.GetProperty("chain").EnumerateArray(), links => Assert.InRange(links.EnumerateArray().Sum(link => link.GetProperty("share").GetDouble()), 0, 1 + 1e-6));
        var covered = await explorer.Ask("look", new { subject = new { image = "data:0", edit = new { occluder = new { y = 10, x = 12, size = 20 } } }, layer, map = 0, tiles = false });
        Assert.Equal(1, covered.GetProperty("top").EnumerateArray().Sum(one => one.GetProperty("probability").GetSingle()), 1e-4);
        // The library computes with the same weights: opened again, they would be other ones where a test beside this one draws random numbers at that moment.
        await LibraryValues.AssertRandomClicks(explorer, explorer.Explorer.Opened, clicks);
    }

    [Fact]
    public async Task ANetworkWithoutClassesShowsItsFeatures()
    {
        using var toy = new ToyNet(channels: 3, classes: 0);
        await using var explorer = await RunningExplorer.Start([new NetworkEntry(toy.Info, _ => new ToyNet(channels: 3, classes: 0))], null, "run=untrained", $"data={pictures.Path}");
        Assert.Equal(0, (await explorer.Get("network")).GetProperty("nets")[0].GetProperty("classes").GetArrayLength());
        var look = await explorer.Ask("look", new { subject = new { image = "data:0" }, layer = "conv2" });
        Assert.Equal(0, look.GetProperty("top").GetArrayLength());
        Assert.Equal(6, look.GetProperty("max").GetArrayLength());
        Assert.True((await explorer.Ask("project", new { subject = new { image = "data:0" }, layer = "conv2" })).GetProperty("value").GetSingle() > 0);
        using var affinity = await explorer.Send("affinity", new { layer = "conv2" });
        Assert.Equal(HttpStatusCode.BadRequest, affinity.StatusCode);
        Assert.Contains("ZF1816", await affinity.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task APictureThatIsHandedOverIsSeenAsAFileOfTheDataIs()
    {
        await using var explorer = await RunningExplorer.Start("spec=Shapes", "run=untrained", $"data={pictures.Path}");
        var first = (await explorer.Get("images?count=1")).GetProperty("items")[0];
        using var content = new ByteArrayContent(File.ReadAllBytes(Path.Combine(pictures.Path, first.GetProperty("name").GetString()!)));
        content.Headers.Add("X-Zf-Name", "my%20cat.png");
        using var answer = await explorer.Client.PostAsync("api/upload", content);
        var own = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
        Assert.Equal("my cat.png", own.GetProperty("name").GetString());
        Assert.Equal((80, 60), (own.GetProperty("width").GetInt32(), own.GetProperty("height").GetInt32()));
        var (seen, expected) = (await explorer.Ask("look", new { subject = new { image = own.GetProperty("image").GetString() }, layer = "conv1" }), await explorer.Ask("look", new { subject = new { image = "data:0" }, layer = "conv1" }));
        Assert.Equal(expected.GetProperty("seenU8").GetString(), seen.GetProperty("seenU8").GetString());
        Assert.Equal(expected.GetProperty("top").ToString(), seen.GetProperty("top").ToString());
    }
}
