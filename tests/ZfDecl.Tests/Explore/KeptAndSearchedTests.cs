using System.Net;
using System.Text.Json;
using SkiaSharp;
using TorchSharp;
using ZfDecl.Analyses.Live;
using ZfDecl.Analyses.Project;
using ZfDecl.Analyses.Visualize;
using ZfDecl.Cli.Opening;
using ZfDecl.Files;
using ZfDecl.Findings;
using ZfDecl.Runs;
using ZfDecl.Search;

namespace ZfDecl.Tests.Explore;

/// <summary>What is found in the background, what is kept, and what is handed over, on the weights that come with the repository.</summary>
public sealed class KeptAndSearchedTests : ExplorerTests
{
    private string Folder => Path.Combine(Explorer.Artifacts, "Fashion", "shipped");

    [Fact]
    public async Task TheStrongestUnitsAreThoseOfTheSearchAndOfVisualizeWhereThatHasRun()
    {
        var visualization = new FeatureVisualization(Opened.Network, Opened.Images, Opened.Preprocessor, new() { Layers = ["conv2"], Top = 9, Maps = MapSelection.Parse("6", 0) }, new Messages.SilentLog());
        var found = visualization.FindStrongest()[0];
        var expected = visualization.Project(found).Single().Units;
        var searched = await Ready("strongest?layer=conv2&map=6");
        Assert.Equal("search", searched.GetProperty("from").GetString());
        AssertUnits(expected, searched);

        UnitsTable.Write(Path.Combine(Folder, "visualize", "conv2", LayerPictures.UnitsFile), found, Opened.Images);
        await using var another = await RunningExplorer.StartIn(Explorer.Artifacts);
        var read = await Ready("strongest?layer=conv2&map=6", another);
        Assert.Equal("Visualize", read.GetProperty("from").GetString());
        AssertUnits(expected, read);
    }

    [Fact]
    public async Task MapsAreSaidToAnswerToTheClassWhoseImagesExciteThemMost()
    {
        var found = await Ready(() => Explorer.Ask("affinity", new { layer = "conv3" }));
        var indices = Enumerable.Range(0, Opened.Images.Count).GroupBy(Opened.Images.Label).SelectMany(group => group.Take(40)).ToArray();
        var expected = new ClassAffinity(Opened.Network.Info.Layer("conv3"), 10);
        expected.Add(Opened.Network, Opened.Images, indices, Opened.Preprocessor);
        Assert.Equal(400, found.GetProperty("total").GetInt32());
        Assert.Equal(expected.Best, found.GetProperty("maps").EnumerateArray().Select(map => map.TryGetProperty("class", out var best) ? best.GetInt32() : (int?)null));
        Assert.All(expected.Means.Zip(RunningExplorer.Floats(found.GetProperty("meansF32"))), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    [Fact]
    public async Task ABoardIsKeptWithTheRunAsASectionOfItsReport()
    {
        var pins = new[] { new { id = "one", state = "layer=conv3&map=17&image=data:4", note = "a strap" }, new { id = "two", state = "layer=conv9&image=data:4", note = "" }, new { id = "three", state = "layer=conv2&map=3&at=2,5&image=data:5&rule=guided&rotate=20&view=1.5,2,-1", note = "" } };
        using (var kept = await Explorer.Send("board", new { pins }, method: HttpMethod.Put))
            Assert.Equal(HttpStatusCode.OK, kept.StatusCode);
        Assert.Equal(pins.Select(pin => $"{pin}"), (await Explorer.Get("board")).GetProperty("pins").EnumerateArray().Select(pin => $"{new { id = pin.GetProperty("id").GetString(), state = pin.GetProperty("state").GetString(), note = pin.GetProperty("note").GetString() }}"));
        var section = ReportSection.Read(Path.Combine(Folder, "explore"))!;
        Assert.Equal("Pinned", section.Title);
        Assert.Equal(2, section.Figures.Count);                 // there is no layer conv9
        Assert.Contains("1 of 3 pins", Assert.Single(section.Warnings), StringComparison.Ordinal);
        Assert.StartsWith("a strap (conv3, map 17, unit at row ", section.Figures[0].Caption, StringComparison.Ordinal);
        foreach (var figure in section.Figures)
        {
            using var picture = SKBitmap.Decode(Path.Combine(Folder, "explore", figure.File));
            Assert.True(picture.Width > 500);
        }

        // A picture that is there is not made again: that of a picture which was handed over outlives it.
        File.WriteAllText(Path.Combine(Folder, "explore", Path.ChangeExtension(section.Figures[0].File, ".txt")), "as it was");
        using (await Explorer.Send("board", new { pins = pins[..1] }, method: HttpMethod.Put))
            Assert.Equal("a strap (as it was)", ReportSection.Read(Path.Combine(Folder, "explore"))!.Figures.Single().Caption);

        using var twice = await Explorer.Send("board", new { pins = new[] { pins[0], pins[0] } }, method: HttpMethod.Put);
        Assert.Equal(HttpStatusCode.BadRequest, twice.StatusCode);
        Assert.Single((await Explorer.Get("board")).GetProperty("pins").EnumerateArray());
    }

    [Fact]
    public async Task WhatIsHandedOverIsWhatTheLibraryComputes()
    {
        var pins = new[] { new { id = "a", state = "#layer=conv3&map=17&image=data:4&at=3,4&cover=2,3,6", note = "with, a \"comma\"" } };
        using var preprocessed = Opened.Preprocessor.InputOf([Opened.Images.Read(4)], torch.CPU);
        preprocessed.narrow(2, 2, 6).narrow(3, 3, 6).zero_();
        var expected = ImageProjection.OfUnit(Opened.Network, preprocessed, Opened.Network.Info.Layer("conv3"), 17, new(3, 4), new());

        var file = Path.Combine(Explorer.Artifacts, "handed.safetensors");
        await File.WriteAllBytesAsync(file, await Export("safetensors"));
        var tensors = SafeTensorsFile.Read(file);
        Assert.Equal(expected.Input, tensors["0.input"].data<float>().ToArray());
        Assert.All(expected.Projection.Zip(tensors["0.projection"].data<float>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        Assert.Equal([17L, 3, 4], tensors["0.position"].data<long>().ToArray());
        foreach (var tensor in tensors.Values)
            tensor.Dispose();

        var csv = System.Text.Encoding.UTF8.GetString(await Export("csv")).Split('\n');
        Assert.StartsWith(FormattableString.Invariant($"t10k[4],conv3,17,3,4,{expected.Value:R},deconv,sum,\"with, a \"\"comma\"\"\","), csv[1], StringComparison.Ordinal);
        using var png = SKBitmap.Decode(await Export("png"));
        Assert.True(png.Width > 300);
        Assert.Contains("conv3, map 17, unit at row 3, column 4", System.Text.Encoding.UTF8.GetString(await Export("svg")), StringComparison.Ordinal);

        async Task<byte[]> Export(string format)
        {
            using var answer = await Explorer.Send("export", new { pins, format });
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
            Assert.Equal($"Fashion-pin.{format}", answer.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
            return await answer.Content.ReadAsByteArrayAsync();
        }
    }

    [Fact]
    public async Task AnotherRunAndOtherEpochsAreShownTheSameImage()
    {
        var folder = Path.Combine(Explorer.Artifacts, "Fashion", "mine");
        foreach (var path in Directory.GetFiles(Repository.PathOf("specs", "weights", "Fashion")))
            File.Copy(path, Path.Combine(Directory.CreateDirectory(folder).FullName, Path.GetFileName(path)));
        using (var untrained = OpenedRun.Untrained(Opened.Source.Entry, 10, seed: 8))
            WeightsFile.Save(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "checkpoints")).FullName, "epoch-0002.safetensors"), untrained);
        var runs = (await Explorer.Get("network")).GetProperty("runs").EnumerateArray().Select(run => $"{run.GetProperty("spec")}/{run.GetProperty("run")}").ToArray();
        Assert.Equal(["Fashion/mine", "Fashion/untrained"], runs.Where(run => run.StartsWith("Fashion/", StringComparison.Ordinal)));
        var other = await Explorer.Ask("compare", new { spec = "Fashion", run = "mine" });
        Assert.Equal([2], other.GetProperty("epochs").EnumerateArray().Select(epoch => epoch.GetInt32()));

        var looks = new List<string>();
        foreach (var (net, epoch) in new (int, int?)[] { (0, null), (1, null), (1, 2) })
            looks.Add((await Explorer.Ask("look", new { subject = new { net, epoch, image = "data:3" }, layer = "conv1" })).GetProperty("top").ToString());
        Assert.Equal(looks[0], looks[1]);                       // the same weights
        Assert.NotEqual(looks[0], looks[2]);
        using var refused = await Explorer.Send("look", new { subject = new { net = 1, epoch = 3, image = "data:3" }, layer = "conv1" });
        Assert.Contains("there are 2", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ImagesAreFoundByClassByNameAndByWhatTheyWereTakenFor()
    {
        Assert.False((await Explorer.Get("network")).GetProperty("data").GetProperty("gallery").GetBoolean());
        Assert.Equal(0, (await Explorer.Get("images?wrong=1")).GetProperty("total").GetInt32());
        using (var host = new StringWriter())
            Assert.Equal(0, new Cli.Host(Models.DeclaredNetworks.All, host, host).Run(["evaluate", $"--root={Repository.Root}", $"--artifacts={Explorer.Artifacts}"]));
        await using var again = await RunningExplorer.StartIn(Explorer.Artifacts);
        var wrong = await again.Get("images?wrong=1&count=500");
        Assert.Equal(Opened.Images.Count - (int)Math.Round(0.9045 * Opened.Images.Count), wrong.GetProperty("total").GetInt32());      // the README's accuracy
        var first = wrong.GetProperty("items")[0];
        Assert.NotEqual(first.GetProperty("label").GetInt32(), first.GetProperty("predicted").GetInt32());
        var cell = await again.Get($"images?class={first.GetProperty("label")}&as={first.GetProperty("predicted")}");
        Assert.Contains(cell.GetProperty("items").EnumerateArray(), item => item.GetProperty("image").GetString() == first.GetProperty("image").GetString());
        Assert.Equal(["t10k[1234]"], (await again.Get("images?text=[1234")).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString()));
        Assert.Equal(200, (await again.Get("images?class=8")).GetProperty("total").GetInt32());
        Assert.Equal(8, (await again.Get("images/random?class=8")).GetProperty("label").GetInt32());
    }

    private Task<JsonElement> Ready(string question, RunningExplorer? of = null) => Ready(() => (of ?? Explorer).Get(question));

    private static async Task<JsonElement> Ready(Func<Task<JsonElement>> ask)
    {
        while (true)
        {
            var found = await ask();
            if (found.GetProperty("state").GetString() == "ready")
                return found;
            await Task.Delay(50);
        }
    }

    private static void AssertUnits(IReadOnlyList<VisualizedUnit> expected, JsonElement found)
    {
        Assert.Equal(expected.Select(unit => ($"data:{unit.Unit.Image}", unit.Unit.Y, unit.Unit.X)),
            found.GetProperty("units").EnumerateArray().Select(unit => (unit.GetProperty("image").GetString()!, unit.GetProperty("y").GetInt32(), unit.GetProperty("x").GetInt32())));
        using var patch = SKBitmap.Decode(found.GetProperty("units")[0].GetProperty("thumb").GetBytesFromBase64());
        Assert.Equal(expected[0].Patch, patch.Pixels.Select(pixel => pixel.Red));
    }
}
