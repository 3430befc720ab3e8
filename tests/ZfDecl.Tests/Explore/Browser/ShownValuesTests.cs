using System.Text.Json;
using ZfDecl.Networks;

namespace ZfDecl.Tests.Explore.Browser;

/// <summary>What the page shows, against what the library computes.</summary>
[Collection(ExplorerInABrowser.Name)]
public sealed class ShownValuesTests(ExplorerInABrowser explorer)
{
    private const int Bursts = 5, Clicks = 5;

    private static readonly string[] Layers = ["conv1", "conv2", "conv3"];

    // A click on a tile and one on a unit, again and again; most are overtaken by the next before they are answered.
    private const string Click = """
        async clicks => {
          const press = (selector, u, v) => {
            const at = document.querySelector(selector), box = at.getBoundingClientRect();
            at.dispatchEvent(new MouseEvent("click", { bubbles: true, clientX: box.left + u * box.width, clientY: box.top + v * box.height }));
          };
          for (const [u, v, x, y, pause] of clicks) {
            press(".tiles-field", u, v);
            press(".map-field", x, y);
            await new Promise(done => setTimeout(done, pause));
          }
        }
        """;

    // What is drawn of the paper's rule, beside the values that it was drawn from.
    private const string Shown = """
        (async () => {
          const { found } = await import("/app/looking.js"), { project, look } = found[0];
          const canvas = document.querySelector("#projections figure:nth-child(2) canvas"), copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
          copy.drawImage(canvas, 0, 0);
          const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
          return JSON.stringify({ ...project, top: look.top, drawn: [...data].filter((_, i) => i % 4 === 0) }, (_, value) => value instanceof Float32Array ? [...value] : value);
        })()
        """;

    [BrowserTheory]
    [InlineData(1280, false)]
    [InlineData(390, true)]
    public async Task AfterClicksThatOvertakeEachOtherThePageShowsTheLibrarysValues(int width, bool dark)
    {
        using var opened = explorer.Shipped.OpenAgain();
        var (random, input) = (new Random(width), opened.Network.Info.Input);
        await using var page = await explorer.OpenAsync("layer=conv3&map=3&image=data:3", width, dark: dark);
        for (var burst = 0; burst < Bursts; burst++)
        {
            var layer = opened.Network.Info.Layer(Layers[random.Next(Layers.Length)]);
            var image = random.Next(opened.Images.Count);
            await page.EvaluateAsync<bool>($"(async () => {{ (await import('/app/state.js')).change({{ image: 'data:{image}', layer: '{layer.Name}', map: 0, at: null }}); return true; }})()");
            await page.RestAsync();
            var clicks = Enumerable.Range(0, Clicks).Select(_ => new[] { random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble(), random.Next(25) }).ToArray();
            await page.Page.EvaluateAsync(Click, clicks);
            await page.RestAsync();

            var found = JsonSerializer.Deserialize<JsonElement>(await page.EvaluateAsync<string>(Shown));
            var map = await page.EvaluateAsync<int>("(async () => (await import('/app/state.js')).state.map)()");
            var at = new UnitPosition((int)(clicks[^1][3] * layer.Output.Height), (int)(clicks[^1][2] * layer.Output.Width));
            var what = $"{layer.Name}, map {map}, {at} of image {image}";
            Assert.Contains($"layer={layer.Name}&map={map}&at={at.Y},{at.X}&", page.Fragment, StringComparison.Ordinal);
            foreach (var (i, rule) in new[] { ReluRule.Deconv, ReluRule.Mask, ReluRule.Guided }.Index())
            {
                var values = found.GetProperty("pictures")[i].GetProperty("values").EnumerateArray().Select(value => value.GetSingle()).ToArray();
                LibraryValues.AssertClose(opened.Projection(image, layer.Name, map, at, new() { Relu = rule }).Shown(input), LibraryValues.Whole(found, values, input), $"{what}, {rule}");
            }
            AssertDrawn(found, what);
            using var seen = opened.InputOf(image, new());
            using var probabilities = opened.Network.Probabilities(seen);
            Assert.All(found.GetProperty("top").EnumerateArray(), one => Assert.Equal(probabilities[0, one.GetProperty("class").GetInt32()].item<float>(), one.GetProperty("probability").GetSingle(), LibraryValues.Close));
        }
        Assert.Empty(page.Problems);
    }

    /// <summary>The canvas has the values' shades: 0 is mid grey, and the largest of all rules is black or white.</summary>
    private static void AssertDrawn(JsonElement found, string what)
    {
        var scale = found.GetProperty("pictures").EnumerateArray().Max(picture => picture.GetProperty("absMax").GetSingle());
        var shades = found.GetProperty("pictures")[0].GetProperty("values").EnumerateArray().Select(value => scale == 0 ? 127.5 : 127.5 + (127.5 * value.GetSingle() / scale));
        Assert.All(shades.Zip(found.GetProperty("drawn").EnumerateArray(), (shade, drawn) => Math.Abs(shade - drawn.GetInt32())), away => Assert.True(away <= 0.51, what));
    }
}
