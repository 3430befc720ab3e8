using System.Globalization;
using SkiaSharp;
using ZfDecl.Analyses.Evaluate;
using ZfDecl.Analyses.Occlude;
using ZfDecl.Analyses.Visualize;
using ZfDecl.Data.Sets;
using ZfDecl.Files;
using ZfDecl.Findings;
using ZfDecl.Measures;
using ZfDecl.Networks;
using ZfDecl.Runs;
using ZfDecl.Search;

namespace ZfDecl.Tests.Reporting;

/// <summary>The files of a run, drawn from a seed: what training, visualising and the analyses would leave, without a network.</summary>
/// <param name="info">The network that would have been trained.</param>
/// <param name="folder">The folder of the run.</param>
internal sealed class SyntheticRun(NetworkInfo info, string folder)
{
    public static readonly string[] Classes = ["Bag", "Coat", "<b>Shirt & \"tie\"</b>"];

    private const int Images = 24, DeadEvery = 11;

    /// <summary>Leaves what training does: the record and the metrics of some epochs.</summary>
    public SyntheticRun Trained(int epochs = 12, double speed = 1)
    {
        var rows = Enumerable.Range(1, epochs).Select(epoch =>
        {
            var left = Math.Exp(-speed * epoch / 5);
            return new EpochMetrics(epoch, 0.05 / epoch, 0.3 + 1.5 * left, 0.1 + 0.6 * left, 0.35 + 1.4 * left, 0.12 + 0.5 * left, 0.01 + 0.2 * left, 2800, 4.2);
        }).ToArray();
        AtomicFile.WriteText(Path.Combine(folder, "metrics.csv"), string.Concat(rows.Select(row => row.ToCsv()).Prepend(EpochMetrics.CsvHeader).Select(row => row + "\n")));
        NetworkRecord.Of(info, info.Classes).Write(folder);
        new RunRecord
        {
            Spec = info.Name,
            SpecHash = info.SpecHash,
            Seed = 1,
            DataHash = "00",
            Data = "synthetic images",
            Classes = Classes,
            Settings = [new("epochs", epochs.ToString(CultureInfo.InvariantCulture), "spec"), new("learning-rate", (0.05 * speed).ToString(CultureInfo.InvariantCulture), "property")],
            Versions = new("1.0", "0.107.0", "10.0"),
            Machine = new("Linux", "X64", 2, 2),
            CommandLine = "dotnet msbuild -t:Train",
            Started = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc),
            Finished = new(2026, 1, 2, 3, 5, 5, DateTimeKind.Utc),
            Result = new() { Best = rows[^2], Final = rows[^1], Stopped = false, Seconds = 60, ImagesPerSecond = 2800 },
        }.Write(Path.Combine(folder, "run.json"));
        return this;
    }

    /// <summary>Leaves what visualising does: the sprites of some layers.</summary>
    /// <param name="layers">Their names.</param>
    /// <param name="mostMaps">At most so many maps of each.</param>
    public SyntheticRun Visualized(string[] layers, int mostMaps = int.MaxValue)
    {
        var pictures = Enumerable.Range(0, Images).AsParallel().AsOrdered().Select(i => Picture(info.Input, i)).ToArray();
        foreach (var layer in layers.Select(info.Layer))
        {
            var maps = Math.Min(layer.Output.Maps, mostMaps);
            var sprites = new SpriteSheets(new() { Network = info.Name, Data = "synthetic", Weights = "none" }, layer, info.Input, maps, 9, image => pictures[image]);
            for (var map = 0; map < maps; map++)
                sprites.Add(Map(layer, map, pictures));
            sprites.Write(Path.Combine(folder, "visualize", layer.Name, SpriteIndex.FolderName));
        }
        return this;
    }

    /// <summary>Leaves an analysis with a picture and a table, and an occlusion of an image.</summary>
    public SyntheticRun Analysed()
    {
        var invariance = Path.Combine(folder, "invariance");
        new ReportSection
        {
            Id = "invariance",
            Title = "Invariance",
            Order = 40,
            Text = ["How far features move when the image does. 1 < 2 & 3."],
            Figures = [new("plots/a plot #1.svg", "a falling line", "Distance by shift.")],
            Tables = [new("distances.csv", "Distances")],
        }.Write(invariance);
        AtomicFile.WriteText(Path.Combine(invariance, "plots", "a plot #1.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"300\" height=\"150\"><path d=\"M0 0L300 150\" stroke=\"#0072b2\"/></svg>");
        AtomicFile.WriteText(Path.Combine(invariance, "distances.csv"), "shift,image,distance\n0,\"a, \"\"b\"\"\",0.5\n1,c,0.75\n");

        var occlude = Path.Combine(folder, "occlude", "1");
        var grid = Occlusion();
        grid.Write(occlude);
        AtomicFile.Write(Path.Combine(occlude, OcclusionGrid.ImageFile), stream => stream.Write(Png(Picture(info.Input, 0), info.Input)));
        return this;
    }

    /// <summary>Leaves an evaluation, in which some images of the first class are taken for the second and one of the third for the first.</summary>
    public SyntheticRun Evaluated(bool withImages = true)
    {
        var evaluate = Path.Combine(folder, "evaluate");
        var classification = new Classification(Classes,
        [
            .. Enumerable.Range(0, Images).Select(image => Prediction.Of(image, $"images/<{image}>.png", image % 3, (image % 3, image % 2) switch
            {
                (0, 0) => [0.3 - image / 100.0, 0.6 + image / 100.0, 0.1],
                (2, _) when image == 5 => [0.5, 0.1, 0.4],
                var (label, _) => [.. Enumerable.Range(0, 3).Select(one => one == label ? 0.8 : 0.1)],
            })),
        ]);
        if (withImages)
        {
            using var pictures = new MemoryImageSet([.. Enumerable.Range(0, Images).SelectMany(image => Picture(info.Input, image))], info.Input, [.. Enumerable.Range(0, Images).Select(image => (byte)(image % 3))], Classes, info.Input, image => $"{image}");
            MisclassifiedImages.Write(evaluate, [(pictures, classification)]);
        }
        EvaluationFiles.Write(evaluate, classification, new()
        {
            Spec = info.Name,
            Runs = ["one"],
            Epochs = [11],
            Data = "synthetic images",
            DataHash = "00",
            Split = "validation",
            Crops = 1,
            Images = Images,
            Classes = Classes.Length,
            Top1Error = classification.Top1Error,
            Top5Error = classification.Top5Error,
            Figures = AccuracyFigures.Of(classification.Matrix),
            Loss = classification.Loss,
            Seconds = 1,
            Evaluated = new(2026, 1, 2, 3, 6, 5, DateTimeKind.Utc),
        });
        return this;
    }

    /// <summary>The class depends on the middle of the image: where that is covered, the probability falls.</summary>
    public OcclusionGrid Occlusion()
    {
        const int Side = 7, Stride = 3;
        var (rows, columns) = ((info.Input.Height - Side) / Stride + 1, (info.Input.Width - Side) / Stride + 1);
        var near = Enumerable.Range(0, rows * columns)
            .Select(i => MathF.Exp(-(MathF.Pow(i / columns - rows / 2, 2) + MathF.Pow(i % columns - columns / 2, 2)) / (0.1f * rows * rows)))
            .ToArray();
        return new()
        {
            Image = "bag.png",
            Class = Classes[0],
            Classes = Classes,
            Size = Side,
            Stride = Stride,
            Rows = rows,
            Columns = columns,
            Height = info.Input.Height,
            Width = info.Input.Width,
            Layer = "conv3",
            Map = 2,
            Activity = [.. near.Select(share => 40 - 30 * share)],
            Probability = [.. near.Select(share => 0.9f - 0.8f * share)],
            Predicted = [.. near.Select(share => share > 0.8f ? 1 : 0)],
            Baseline = new(42, 0.95f, 0),
        };
    }

    private VisualizedMap Map(LayerInfo layer, int map, byte[][] pictures)
    {
        if (map % DeadEvery == DeadEvery - 1)
            return new(map, []);
        var window = new UnitWindow(layer.ReceptiveField, info.Input);
        var units = Enumerable.Range(0, 9).AsParallel().AsOrdered().Select(rank =>
        {
            var random = new Random((layer.Index * 10_000 + map) * 100 + rank);
            var (y, x, image) = (random.Next(layer.Output.Height), random.Next(layer.Output.Width), random.Next(pictures.Length));
            var region = window.At(y, x);
            var patch = window.Cut<byte>(pictures[image], region);
            return new VisualizedUnit
            {
                Rank = rank,
                Unit = new(10f - rank - map * 0.01f, image, y, x),
                ImageName = $"images/<{image}>.png",
                Class = Classes[rank < 6 ? map % Classes.Length : rank % Classes.Length],
                Region = region,
                Projection = Projection(patch, region),
                Patch = patch,
            };
        });
        return new(map, [.. units]);
    }

    /// <summary>The differences of neighbouring pixels, fading from the middle.</summary>
    private static float[] Projection(byte[] patch, PixelRegion region)
    {
        var values = new float[patch.Length];
        for (var i = 1; i < patch.Length; i++)
        {
            var (y, x) = (i / region.Width % region.Height - region.Height / 2f, i % region.Width - region.Width / 2f);
            values[i] = (patch[i] - patch[i - 1]) * MathF.Exp(-6 * (y * y + x * x) / (region.Height * region.Width));
        }
        return values;
    }

    /// <summary>Discs over a background whose detail falls with its frequency, as in photographs.</summary>
    private static byte[] Picture(FeatureShape shape, int seed)
    {
        var random = new Random(seed);
        var pixels = new float[shape.Count];
        for (var cell = Math.Max(shape.Height, shape.Width) / 2; cell >= 1; cell /= 2)
        {
            var across = shape.Width / cell + 2;
            var corners = Enumerable.Range(0, shape.Maps * (shape.Height / cell + 2) * across).Select(_ => (random.NextSingle() - 0.5f) * 6 * MathF.Sqrt(cell)).ToArray();
            for (var i = 0; i < pixels.Length; i++)
            {
                var (c, y, x) = (i / (shape.Height * shape.Width), i / shape.Width % shape.Height, i % shape.Width);
                var (row, column, v, u) = (y / cell, x / cell, y % cell / (float)cell, x % cell / (float)cell);
                var at = (c * (shape.Height / cell + 2) + row) * across + column;
                pixels[i] += (corners[at] * (1 - u) + corners[at + 1] * u) * (1 - v) + (corners[at + across] * (1 - u) + corners[at + across + 1] * u) * v;
            }
        }
        var (centerY, centerX, radius) = (random.Next(shape.Height), random.Next(shape.Width), shape.Height / 4f);
        return [.. pixels.Select((value, i) => (byte)Math.Clamp(
            110 + value + (MathF.Pow(i / shape.Width % shape.Height - centerY, 2) + MathF.Pow(i % shape.Width - centerX, 2) < radius * radius ? 80 : 0), 0, 255))];
    }

    private static byte[] Png(byte[] pixels, FeatureShape shape)
    {
        using var bitmap = new SKBitmap(shape.Width, shape.Height);
        var plane = shape.Height * shape.Width;
        for (var i = 0; i < plane; i++)
            bitmap.SetPixel(i % shape.Width, i / shape.Width, new(pixels[i], pixels[(plane + i) % pixels.Length], pixels[(2 * plane + i) % pixels.Length]));
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }
}
