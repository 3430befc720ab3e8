using System.Text.Json;
using ZfDecl.Analyses.Live;
using ZfDecl.Analyses.Project;
using ZfDecl.Cli.Opening;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Explore;

/// <summary>What the library computes by itself of a run, for what an explorer says to be compared with.</summary>
internal static class LibraryValues
{
    /// <summary>How far a value may be away, as a part of the largest one.</summary>
    public const double Close = 1e-5;

    /// <summary>An image of the run as its network sees it after an edit.</summary>
    public static float[] ValuesOf(this OpenedRun opened, int image, ImageEdit edit)
    {
        var values = new float[opened.Network.Info.Input.Count];
        opened.Preprocessor.Evaluation(edit.Apply(opened.Images.Read(image), opened.Images.Shape), values);
        edit.Erase(values, opened.Network.Info.Input);
        return values;
    }

    /// <inheritdoc cref="ValuesOf"/>
    public static Tensor InputOf(this OpenedRun opened, int image, ImageEdit edit)
    {
        var (maps, height, width) = opened.Network.Info.Input;
        return tensor(opened.ValuesOf(image, edit), [1, maps, height, width]);
    }

    /// <summary>The projection of a unit; the strongest of the layer where none is named.</summary>
    public static ImageProjection Projection(this OpenedRun opened, int image, string layer, int? map = null, UnitPosition? at = null, DeconvnetOptions? rules = null, ImageEdit? edit = null)
    {
        using var input = opened.InputOf(image, edit ?? new());
        return ImageProjection.OfUnit(opened.Network, input, opened.Network.Info.Layer(layer), map, at, rules ?? new());
    }

    /// <summary>A picture of an answer, 0 outside of its window.</summary>
    /// <param name="found">The answer, which says where the window lies.</param>
    /// <param name="values">[C, H, W] of the window.</param>
    /// <param name="input">The shape of the whole.</param>
    public static float[] Whole(JsonElement found, float[] values, FeatureShape input)
    {
        var window = found.GetProperty("window");
        var (top, left, height, width) = (window.GetProperty("y").GetInt32(), window.GetProperty("x").GetInt32(), window.GetProperty("height").GetInt32(), window.GetProperty("width").GetInt32());
        var whole = new float[input.Count];
        Assert.Equal(input.Maps * height * width, values.Length);
        for (var row = 0; row < input.Maps * height; row++)
            values.AsSpan(row * width, width).CopyTo(whole.AsSpan((((row / height * input.Height) + top + (row % height)) * input.Width) + left));
        return whole;
    }

    /// <summary>The first picture of an answer, 0 outside of its window.</summary>
    public static float[] Whole(JsonElement found, FeatureShape input) => Whole(found, RunningExplorer.Floats(found.GetProperty("pictures")[0].GetProperty("valuesF32")), input);

    public static void AssertClose(IReadOnlyList<float> expected, float[] found, string what)
    {
        Assert.Equal(expected.Count, found.Length);
        var scale = Math.Max(expected.Max(Math.Abs), 1e-6);
        for (var i = 0; i < expected.Count; i++)
            Assert.True(Math.Abs(expected[i] - found[i]) <= Close * scale, $"{what}: value {i} is {found[i]}, the library's is {expected[i]}");
    }

    /// <summary>Clicks on units of convolutions and dense layers in images that were changed at random, under rules at random: their projections are the library's.</summary>
    public static async Task AssertRandomClicks(RunningExplorer explorer, OpenedRun opened, int clicks)
    {
        var (random, input) = (new Random(20), opened.Network.Info.Input);
        LayerInfo[] layers = [.. opened.Network.Info.Layers.Where(layer => layer.Role is LayerRole.Convolution or LayerRole.Dense).Select(layer => layer.CreatedFor(opened.Network.Classes))];
        for (var click = 0; click < clicks; click++)
        {
            var (layer, image) = (layers[random.Next(layers.Length)], random.Next(opened.Images.Count));
            var (map, y, x) = (random.Next(layer.Output.Maps), random.Next(layer.Output.Height), random.Next(layer.Output.Width));
            var rules = new DeconvnetOptions { Relu = (ReluRule)random.Next(3), Unpool = (UnpoolRule)random.Next(2) };
            var edit = click % 3 == 0 ? new ImageEdit() : new() { Rotation = random.Next(-45, 45), ShiftRight = random.Next(-3, 3), Zoom = 1 + random.NextDouble(), Right = random.Next(-4, 4), Blur = random.NextDouble(), Erased = [new(random.Next(input.Width), random.Next(input.Height), 3)] };
            var found = await explorer.Ask("project", new
            {
                subject = new { net = 0, image = $"data:{image}", view = new { zoom = edit.Zoom, x = edit.Right }, edit = new { rotate = edit.Rotation, shift = new[] { edit.ShiftRight, 0 }, blur = edit.Blur, erase = edit.Erased.Select(disc => new[] { disc.X, disc.Y, disc.Radius }) } },
                layer = layer.Name,
                map,
                at = new[] { y, x },
                rules = new[] { rules.Relu.ToString().ToLowerInvariant() },
                unpool = rules.Unpool.ToString().ToLowerInvariant(),
            });
            var expected = opened.Projection(image, layer.Name, map, new(y, x), rules, edit);
            Assert.Equal(expected.Value, found.GetProperty("value").GetSingle(), Close * Math.Max(1, Math.Abs(expected.Value)));
            AssertClose(expected.Shown(input), Whole(found, input), $"click {click}: {layer.Name}, map {map}, ({y}, {x}) of image {image}, {rules}");
        }
    }
}
