using TorchSharp;
using ZfDecl.Analyses.Attribution;
using ZfDecl.Analyses.Occlude;
using ZfDecl.Analyses.Trust;
using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Opening;
using ZfDecl.Cli.Terminal;
using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Files;
using ZfDecl.Findings;
using ZfDecl.Imaging;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Search;

namespace ZfDecl.Cli.Commands;

/// <summary>
/// <c>-t:Trust</c>: the paper's rule beside the gradient's and guided backpropagation; on images whose objects' positions are known, also how far occlusions and
/// projections show the object.
/// </summary>
internal static class TrustCommand
{
    private const int TopUnits = 9, UnitsShown = 8, UnitsRandomised = 64, RandomisedShown = 3;

    // The square is smaller than most objects, an eighth of the image's side: a larger one also hides small objects from beside them.
    private const int SizePart = 8, StridePart = 32;

    public static int Run(RunContext context)
    {
        var (settings, log) = (context.Settings, context.Log);
        var source = TrainedRun.Choose(context);
        var info = source.Entry.Info;
        var layer = info.Layer(settings.Choice(SettingTable.Layer, FeatureLayers.LastConvolution(info).Name, [.. info.Layers.Select(layer => layer.Name)]));
        var grid = context.Occluder(Part(info.Input, SizePart), Part(info.Input, StridePart), info.Input);
        var count = settings.Value(SettingTable.ImageCount);
        using var opened = OpenedRun.Open(context, source);
        var units = Project(opened, layer, log);
        if (units.Length == 0)
            throw new ZfDeclException("ZF1452", $"no unit of '{layer.Name}' is ever excited: there is nothing to project; train longer, or choose another layer");
        var covered = opened.Images.Mask(0) is null ? [] : Cover(context, opened, grid, layer, count);
        var trust = new TrustResult(layer, grid, [.. covered.Select(image => PointingGame.Of(image.Key, image.Value, ObjectMask.Of(opened.Images, image.Key, opened.Preprocessor)!))], units);
        var caption = new SheetCaption { Network = info.Name, Data = FormattableString.Invariant($"{opened.Split}, {opened.Images.Count:N0} images"), Weights = source.Weights };
        // The most active maps, so that there is something to see; every class before one comes again.
        var shown = trust.Units.DistinctBy(unit => unit.Map).OrderByDescending(unit => unit.Deconv.Unit.Value).GroupBy(unit => unit.Deconv.Class)
            .SelectMany(ofClass => ofClass.Select((unit, round) => (unit, round))).OrderBy(pair => pair.round).Select(pair => pair.unit).Take(UnitsShown);
        var randomisation = Randomise(opened, layer, trust, caption, source.Run?.Record.Seed ?? settings.Value(SettingTable.Seed), log);
        var covering = new CoveringResult(new CoveringTest(opened.Network, opened.Images, opened.Preprocessor, layer).Measure(
            [.. trust.Units.GroupBy(unit => unit.Map).Select(map => (map.Key, map.MaxBy(unit => unit.Deconv.Unit.Value)!.Deconv))], log));
        var attribution = new AttributionReport(caption, CamLayer(info, layer).Name, new(
            new AttributionTest(opened.Network, opened.Images, opened.Preprocessor, CamLayer(info, layer), grid).Measure(Known(opened.Images, count), opened.Device, log, covered, context.Stop)));
        Report(trust, log);
        foreach (var sentence in randomisation.Sentences().Append(covering.Sentence).Concat(attribution.Sentences()))
            log.Say(sentence);
        var folder = Path.Combine(source.Folder, AnalysisKinds.Trust.Folder);
        ReplacedFolder.Write(folder, made => TrustPictures.Write(made, trust, opened.Images, $"{caption.Data} · {caption.Weights}", new(caption, layer, info.Input, [.. shown]), randomisation, covering, attribution));
        log.Say($"the tables and the picture are in {folder}");
        return 0;
    }

    /// <summary>Grad-CAM needs maps with positions: the layer that is looked at, or else the last convolution, where there is one.</summary>
    private static LayerInfo CamLayer(NetworkInfo info, LayerInfo layer) => layer.IsFlat ? FeatureLayers.LastConvolution(info) : layer;

    /// <summary>The first images whose class is known.</summary>
    private static int[] Known(ImageSet images, int count) => [.. Enumerable.Range(0, images.Count).Where(index => images.Label(index) != ImageSet.Unknown).Take(count)];

    private static int Part(FeatureShape input, int part) => Math.Max(1, Math.Min(input.Height, input.Width) / part);

    /// <summary>The occlusions of the first images whose class is known, by image: both the pointing game and the attribution test are asked of them.</summary>
    private static Dictionary<int, OcclusionMaps> Cover(RunContext context, OpenedRun opened, OccluderGrid grid, LayerInfo layer, int count)
    {
        var (images, preprocessor) = (opened.Images, opened.Preprocessor);
        var occlusion = new Occlusion(opened.Network, layer, grid);
        var covered = new Dictionary<int, OcclusionMaps>();
        var known = Known(images, count);
        using var bar = context.Log.Start($"covering {grid.Rows}×{grid.Columns} positions", known.Length, "images");
        foreach (var image in Batches.Of(images, known, preprocessor, batch: 1, opened.Device))
        {
            using var owned = image;
            var index = image.Indices[0];
            covered.Add(index, occlusion.Of(image.Images, images.Label(index), context.Stop));
            bar.Advance(1);
        }
        return covered;
    }

    /// <summary>The strongest units of each map under three rules.</summary>
    private static UnitUnderRules[] Project(OpenedRun opened, LayerInfo layer, IRunLog log)
    {
        var (deconv, masked, guided) = (Rule(ReluRule.Deconv), Rule(ReluRule.Mask), Rule(ReluRule.Guided));
        var found = deconv.FindStrongest()[0];
        var masks = new Dictionary<int, ObjectMask?>();
        return
        [
            .. deconv.Project(found).Zip(masked.Project(found), guided.Project(found))
                .SelectMany(maps => maps.First.Units.Select((unit, rank) => UnitUnderRules.Of(maps.First.Map, unit, maps.Second.Units[rank], maps.Third.Units[rank], opened.Network.Info.Input, MaskOf(unit.Unit.Image))))
                .OfType<UnitUnderRules>(),
        ];

        FeatureVisualization Rule(ReluRule rule) => new(
            opened.Network,
            opened.Images,
            opened.Preprocessor,
            new() { Layers = [layer.Name], Top = TopUnits, Deconvnet = new() { Relu = rule } },
            log);

        ObjectMask? MaskOf(int image) => masks.TryGetValue(image, out var mask) ? mask : masks[image] = ObjectMask.Of(opened.Images, image, opened.Preprocessor);
    }

    /// <summary>The strongest unit of the most active maps, projected as layers are drawn anew.</summary>
    private static RandomisationReport Randomise(OpenedRun opened, LayerInfo layer, TrustResult trust, SheetCaption caption, int seed, IRunLog log)
    {
        using var initial = OpenedRun.Untrained(opened.Source.Entry, opened.Network.Classes, seed);
        initial.to(opened.Device);
        (int Map, TopUnit Unit)[] units = [.. trust.Units.DistinctBy(unit => unit.Map).OrderByDescending(unit => unit.Deconv.Unit.Value).Take(UnitsRandomised).Select(unit => (unit.Map, unit.Deconv.Unit))];
        var steps = new RandomisationTest(opened.Network, opened.Images, opened.Preprocessor, layer).Measure(initial, units, log);
        return new(caption, layer, steps, [.. units.Take(RandomisedShown).Select(unit => (unit.Map, Pixels(unit.Unit.Image)))], opened.Network.Info.Input);

        byte[] Pixels(int image) => opened.Preprocessor.CentreCrop(opened.Images.Read(image));
    }

    private static void Report(TrustResult trust, ConsoleLog log)
    {
        foreach (var sentence in trust.Sentences())
            log.Say(sentence);
        if (trust.Tests.Count == 0)
            return;
        log.Say("Differences, one a map (signed-rank test):");
        foreach (var line in TextTable.Lines(
            ["comparison", "maps", "mean difference", "positive", "z", "p"],
            "lrrrrr",
            trust.Tests.Select(test => new[]
            {
                test.Comparison, $"{test.Result.Count}", FormattableString.Invariant($"{test.Result.Mean:+0.0000;-0.0000}"), FormattableString.Invariant($"{100 * test.Result.Positive:0} %"),
                FormattableString.Invariant($"{test.Result.Z:0.00}"), FormattableString.Invariant($"{test.Result.P:G2}"),
            })))
        {
            log.Say("  " + line);
        }
    }
}
