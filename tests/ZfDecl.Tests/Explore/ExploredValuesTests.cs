using System.Net;
using System.Text.Json;
using ZfDecl.Analyses.Live;
using ZfDecl.Analyses.Occlude;
using ZfDecl.Analyses.Project;
using ZfDecl.Cli.Opening;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Explore;

/// <summary>What the explorer says, against what the library computes by itself, on the weights that come with the repository.</summary>
public sealed class ExploredValuesTests : IAsyncLifetime, IDisposable
{
    private const double Close = 1e-5;

    private static readonly string[] ThePapers = ["deconv"];

    private RunningExplorer explorer = null!;
    private OpenedRun opened = null!;

    public async Task InitializeAsync()
    {
        explorer = await RunningExplorer.Start();
        opened = explorer.OpenAgain();
    }

    public async Task DisposeAsync() => await explorer.DisposeAsync();

    public void Dispose() => opened.Dispose();

    [Fact]
    public async Task FiftyRandomClicksGiveTheLibrarysProjections()
    {
        var random = new Random(20);
        LayerInfo[] layers = [.. opened.Network.Info.Layers.Where(layer => layer.Role is LayerRole.Convolution or LayerRole.Dense)];
        for (var click = 0; click < 50; click++)
        {
            var (layer, image) = (layers[random.Next(layers.Length)], random.Next(opened.Images.Count));
            var (map, y, x) = (random.Next(layer.Output.Maps), random.Next(layer.Output.Height), random.Next(layer.Output.Width));
            var rules = new DeconvnetOptions { Relu = (ReluRule)random.Next(3), Unpool = (UnpoolRule)random.Next(2) };
            var edit = click % 3 == 0 ? new ImageEdit() : new() { Rotation = random.Next(-45, 45), ShiftRight = random.Next(-3, 3), Zoom = 1 + random.NextDouble(), Right = random.Next(-4, 4), Blur = random.NextDouble(), Erased = [new(random.Next(28), random.Next(28), 3)] };
            var found = await explorer.Ask("project", new
            {
                subject = new { net = 0, image = $"data:{image}", view = new { zoom = edit.Zoom, x = edit.Right }, edit = new { rotate = edit.Rotation, shift = new[] { edit.ShiftRight, 0 }, blur = edit.Blur, erase = edit.Erased.Select(disc => new[] { disc.X, disc.Y, disc.Radius }) } },
                layer = layer.Name,
                map,
                at = new[] { y, x },
                rules = new[] { rules.Relu.ToString().ToLowerInvariant() },
                unpool = rules.Unpool.ToString().ToLowerInvariant(),
            });
            using var input = InputOf(image, edit);
            var expected = ImageProjection.OfUnit(opened.Network, input, layer, map, new(y, x), rules);
            Assert.Equal(expected.Value, found.GetProperty("value").GetSingle(), Close);
            AssertClose(expected.Shown(opened.Network.Info.Input), Whole(found), $"click {click}: {layer.Name}, map {map}, ({y}, {x}) of image {image}, {rules}");
        }
    }

    [Fact]
    public async Task OfRequestsInALaneTheNewestIsAnsweredAndTheOthersAreOvertaken()
    {
        using var held = new ManualResetEventSlim();
        var holding = explorer.Explorer.Worker.Run(() => { held.Wait(); return 0; }, default);
        var requests = new List<Task<HttpResponseMessage>>();
        for (var image = 0; image < 8; image++)
        {
            requests.Add(explorer.Send("project", Strongest(image), lane: "drag"));
            if (image > 0)
                Assert.Equal(HttpStatusCode.Conflict, (await requests[image - 1].WaitAsync(TimeSpan.FromSeconds(30))).StatusCode);      // at once, while the worker is held
        }
        var other = explorer.Send("project", Strongest(3), lane: "another");
        held.Set();
        await holding;
        await AssertStrongest(7, requests[^1]);
        await AssertStrongest(3, other);
        Assert.Contains("\"overtaken\":true", await (await requests[0]).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClassesTilesAndMapsAreThoseOfTheRecording()
    {
        var layer = opened.Network.Info.Layer("conv1");
        var look = await explorer.Ask("look", new { subject = Subject(5), layer = "conv1", tile = 9, map = 3 });
        using var input = InputOf(5, new());
        using var recording = opened.Network.Record(input);
        var probabilities = recording.Activation(opened.Network.Info.Layers.Count - 1)[0].data<float>().ToArray();
        var top = look.GetProperty("top").EnumerateArray().ToArray();
        Assert.Equal(probabilities.Index().OrderByDescending(one => one.Item).Take(5).Select(one => one.Index), top.Select(one => one.GetProperty("class").GetInt32()));
        Assert.All(top, one => Assert.Equal(probabilities[one.GetProperty("class").GetInt32()], one.GetProperty("probability").GetSingle(), Close));

        var maps = recording.FeatureMaps(layer.Index)[0].contiguous().data<float>().ToArray().Chunk(28 * 28).ToArray();
        Assert.Equal(maps.Select(map => map.Max()), look.GetProperty("max").EnumerateArray().Select(value => value.GetSingle()), (one, other) => Math.Abs(one - other) <= Close);
        Assert.Equal(maps.Select(map => Array.IndexOf(map, map.Max())), look.GetProperty("at").EnumerateArray().Select(at => (at[0].GetInt32() * 28) + at[1].GetInt32()));
        Assert.Equal(maps[3].Sum(), look.GetProperty("activity").GetSingle(), 1e-3);
        Assert.Equal(32 * 9 * 9, look.GetProperty("tiles").GetProperty("dataU8").GetBytesFromBase64().Length);
        Assert.Equal(opened.Preprocessor.CentreCrop(opened.Images.Read(5)), look.GetProperty("seenU8").GetBytesFromBase64());

        var large = await explorer.Ask("map", new { subject = Subject(5), layer = "conv1", map = 3 });
        Assert.Equal(maps[3], RunningExplorer.Floats(large.GetProperty("valuesF32")));
        Assert.Equal(maps[3].OrderDescending().Take(9), large.GetProperty("strongest").EnumerateArray().Select(unit => unit.GetProperty("value").GetSingle()));
    }

    [Fact]
    public async Task ASquareThatIsDraggedChangesWhatAnOccludedImageChanges()
    {
        foreach (var (y, x) in new[] { (3, 4), (-5, 20), (24, 24) })
        {
            var square = new { y, x, size = 8 };
            var quick = await explorer.Ask("look", new { subject = new { image = "data:9", edit = new { occluder = square } }, layer = "conv3", map = 10, tiles = false });
            var whole = await explorer.Ask("look", new { subject = new { image = "data:9", edit = new { occluder = square } }, layer = "conv3", map = 10 });
            var values = Values(9, new());
            for (var row = Math.Max(y, 0); row < Math.Min(y + 8, 28); row++)
                Array.Fill(values, 0, (row * 28) + Math.Max(x, 0), Math.Min(x + 8, 28) - Math.Max(x, 0));
            using var input = tensor(values, [1, 1, 28, 28]);
            using var expected = opened.Network.Probabilities(input);
            using var recording = opened.Network.Record(input);
            Assert.All(new[] { quick, whole }, found => Assert.All(found.GetProperty("top").EnumerateArray(), one =>
                Assert.Equal(expected[0, one.GetProperty("class").GetInt32()].item<float>(), one.GetProperty("probability").GetSingle(), Close)));
            var activity = recording.FeatureMaps(opened.Network.Info.Layer("conv3").Index)[0, 10].sum().item<float>();
            Assert.All(new[] { quick, whole }, found => Assert.Equal(activity, found.GetProperty("activity").GetSingle(), 1e-4));
        }
    }

    [Fact]
    public async Task AHeatMapThatComesRowByRowIsThatOfOcclusion()
    {
        using var answer = await explorer.Send("occlude", new { subject = Subject(2), layer = "conv3", map = 7, @class = 4, size = 10, stride = 9 });
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToArray();
        using var input = InputOf(2, new());
        var expected = new Occlusion(opened.Network, opened.Network.Info.Layer("conv3"), new(opened.Network.Info.Input, 10, 9), 7).Of(input, 4);
        Assert.Equal(expected.Grid.Rows, lines.Length - 1);
        Assert.Equal(expected.CleanProbability, lines[0].GetProperty("baseline").GetProperty("probability").GetSingle(), Close);
        AssertClose(expected.Probability, [.. lines.Skip(1).SelectMany(line => line.GetProperty("probability").EnumerateArray()).Select(value => value.GetSingle())], "probability");
        AssertClose(expected.Activity, [.. lines.Skip(1).SelectMany(line => line.GetProperty("activity").EnumerateArray()).Select(value => value.GetSingle())], "activity");
        Assert.Equal(expected.Predicted, lines.Skip(1).SelectMany(line => line.GetProperty("predicted").EnumerateArray()).Select(value => value.GetInt32()));
    }

    private static object Subject(int image) => new { net = 0, image = $"data:{image}" };

    private static object Strongest(int image) => new { subject = Subject(image), layer = "conv3", rules = ThePapers };

    private async Task AssertStrongest(int image, Task<HttpResponseMessage> request)
    {
        using var answer = await request;
        var found = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
        using var input = InputOf(image, new());
        AssertClose(ImageProjection.OfUnit(opened.Network, input, opened.Network.Info.Layer("conv3"), null, null, new()).Projection, Whole(found), $"image {image}");
    }

    private float[] Values(int image, ImageEdit edit)
    {
        var values = new float[opened.Network.Info.Input.Count];
        opened.Preprocessor.Evaluation(edit.Apply(opened.Images.Read(image), opened.Images.Shape), values);
        edit.Erase(values, opened.Network.Info.Input);
        return values;
    }

    private Tensor InputOf(int image, ImageEdit edit) => tensor(Values(image, edit), [1, 1, 28, 28]);

    /// <summary>The first picture of an answer, 0 outside of its window.</summary>
    private static float[] Whole(JsonElement found)
    {
        var (window, picture) = (found.GetProperty("window"), found.GetProperty("pictures")[0]);
        var (top, left, height, width) = (window.GetProperty("y").GetInt32(), window.GetProperty("x").GetInt32(), window.GetProperty("height").GetInt32(), window.GetProperty("width").GetInt32());
        var (values, whole) = (RunningExplorer.Floats(picture.GetProperty("valuesF32")), new float[28 * 28]);
        Assert.Equal(height * width, values.Length);
        for (var y = 0; y < height; y++)
            values.AsSpan(y * width, width).CopyTo(whole.AsSpan(((top + y) * 28) + left));
        return whole;
    }

    private static void AssertClose(IReadOnlyList<float> expected, float[] found, string what)
    {
        Assert.Equal(expected.Count, found.Length);
        var scale = Math.Max(expected.Max(Math.Abs), 1e-6);
        for (var i = 0; i < expected.Count; i++)
            Assert.True(Math.Abs(expected[i] - found[i]) <= Close * scale, $"{what}: value {i} is {found[i]}, the library's is {expected[i]}");
    }
}
