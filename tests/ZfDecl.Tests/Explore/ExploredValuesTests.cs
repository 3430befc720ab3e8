using System.Net;
using System.Text.Json;
using ZfDecl.Analyses.Occlude;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Explore;

/// <summary>What the explorer says, against what the library computes by itself, on the weights that come with the repository.</summary>
public sealed class ExploredValuesTests : ExplorerTests
{
    private static readonly string[] ThePapers = ["deconv"];

    [Fact]
    public Task FiftyRandomClicksGiveTheLibrarysProjections() => LibraryValues.AssertRandomClicks(Explorer, Opened, 50);

    [Fact]
    public async Task OfRequestsInALaneTheNewestIsAnsweredAndTheOthersAreOvertaken()
    {
        using var held = new ManualResetEventSlim();
        var holding = Explorer.Explorer.Worker.Run(() => { held.Wait(); return 0; }, default);
        var requests = new List<Task<HttpResponseMessage>>();
        for (var image = 0; image < 8; image++)
        {
            requests.Add(Explorer.Send("project", Strongest(image), lane: "drag"));
            if (image > 0)
                Assert.Equal(HttpStatusCode.Conflict, (await requests[image - 1].WaitAsync(TimeSpan.FromSeconds(30))).StatusCode);      // at once, while the worker is held
        }
        var other = Explorer.Send("project", Strongest(3), lane: "another");
        held.Set();
        await holding;
        await AssertStrongest(7, requests[^1]);
        await AssertStrongest(3, other);
        Assert.Contains("\"overtaken\":true", await (await requests[0]).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClassesTilesAndMapsAreThoseOfTheRecording()
    {
        var layer = Opened.Network.Info.Layer("conv1");
        var look = await Explorer.Ask("look", new { subject = Subject(5), layer = "conv1", tile = 9, map = 3 });
        using var input = Opened.InputOf(5, new());
        using var recording = Opened.Network.Record(input);
        var probabilities = recording.Activation(Opened.Network.Info.Layers.Count - 1)[0].data<float>().ToArray();
        var top = look.GetProperty("top").EnumerateArray().ToArray();
        Assert.Equal(probabilities.Index().OrderByDescending(one => one.Item).Take(5).Select(one => one.Index), top.Select(one => one.GetProperty("class").GetInt32()));
        Assert.All(top, one => Assert.Equal(probabilities[one.GetProperty("class").GetInt32()], one.GetProperty("probability").GetSingle(), LibraryValues.Close));

        var maps = recording.FeatureMaps(layer.Index)[0].contiguous().data<float>().ToArray().Chunk(28 * 28).ToArray();
        Assert.Equal(maps.Select(map => map.Max()), look.GetProperty("max").EnumerateArray().Select(value => value.GetSingle()), (one, other) => Math.Abs(one - other) <= LibraryValues.Close);
        Assert.Equal(maps.Select(map => Array.IndexOf(map, map.Max())), look.GetProperty("at").EnumerateArray().Select(at => (at[0].GetInt32() * 28) + at[1].GetInt32()));
        Assert.Equal(maps[3].Sum(), look.GetProperty("activity").GetSingle(), 1e-3);
        Assert.Equal(32 * 9 * 9, look.GetProperty("tiles").GetProperty("dataU8").GetBytesFromBase64().Length);
        Assert.Equal(Opened.Preprocessor.CentreCrop(Opened.Images.Read(5)), look.GetProperty("seenU8").GetBytesFromBase64());

        var large = await Explorer.Ask("map", new { subject = Subject(5), layer = "conv1", map = 3 });
        Assert.Equal(maps[3], RunningExplorer.Floats(large.GetProperty("valuesF32")));
        Assert.Equal(maps[3].OrderDescending().Take(9), large.GetProperty("strongest").EnumerateArray().Select(unit => unit.GetProperty("value").GetSingle()));
    }

    [Fact]
    public async Task ASquareThatIsDraggedChangesWhatAnOccludedImageChanges()
    {
        foreach (var (y, x) in new[] { (3, 4), (-5, 20), (24, 24) })
        {
            var square = new { y, x, size = 8 };
            var quick = await Explorer.Ask("look", new { subject = new { image = "data:9", edit = new { occluder = square } }, layer = "conv3", map = 10, tiles = false });
            var whole = await Explorer.Ask("look", new { subject = new { image = "data:9", edit = new { occluder = square } }, layer = "conv3", map = 10 });
            var values = Opened.ValuesOf(9, new());
            for (var row = Math.Max(y, 0); row < Math.Min(y + 8, 28); row++)
                Array.Fill(values, 0, (row * 28) + Math.Max(x, 0), Math.Min(x + 8, 28) - Math.Max(x, 0));
            using var input = tensor(values, [1, 1, 28, 28]);
            using var expected = Opened.Network.Probabilities(input);
            using var recording = Opened.Network.Record(input);
            Assert.All(new[] { quick, whole }, found => Assert.All(found.GetProperty("top").EnumerateArray(), one =>
                Assert.Equal(expected[0, one.GetProperty("class").GetInt32()].item<float>(), one.GetProperty("probability").GetSingle(), LibraryValues.Close)));
            var activity = recording.FeatureMaps(Opened.Network.Info.Layer("conv3").Index)[0, 10].sum().item<float>();
            Assert.All(new[] { quick, whole }, found => Assert.Equal(activity, found.GetProperty("activity").GetSingle(), 1e-4));
        }
    }

    [Fact]
    public async Task AHeatMapThatComesRowByRowIsThatOfOcclusion()
    {
        using var answer = await Explorer.Send("occlude", new { subject = Subject(2), layer = "conv3", map = 7, @class = 4, size = 10, stride = 9 });
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToArray();
        using var input = Opened.InputOf(2, new());
        var expected = new Occlusion(Opened.Network, Opened.Network.Info.Layer("conv3"), new(Opened.Network.Info.Input, 10, 9), 7).Of(input, 4);
        Assert.Equal(expected.Grid.Rows, lines.Length - 1);
        Assert.Equal(expected.CleanProbability, lines[0].GetProperty("baseline").GetProperty("probability").GetSingle(), LibraryValues.Close);
        LibraryValues.AssertClose(expected.Probability, [.. lines.Skip(1).SelectMany(line => line.GetProperty("probability").EnumerateArray()).Select(value => value.GetSingle())], "probability");
        LibraryValues.AssertClose(expected.Activity, [.. lines.Skip(1).SelectMany(line => line.GetProperty("activity").EnumerateArray()).Select(value => value.GetSingle())], "activity");
        Assert.Equal(expected.Predicted, lines.Skip(1).SelectMany(line => line.GetProperty("predicted").EnumerateArray()).Select(value => value.GetInt32()));
    }

    private static object Subject(int image) => new { net = 0, image = $"data:{image}" };

    private static object Strongest(int image) => new { subject = Subject(image), layer = "conv3", rules = ThePapers };

    private async Task AssertStrongest(int image, Task<HttpResponseMessage> request)
    {
        using var answer = await request;
        var found = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
        LibraryValues.AssertClose(Opened.Projection(image, "conv3").Projection, LibraryValues.Whole(found, Opened.Network.Info.Input), $"image {image}");
    }
}
