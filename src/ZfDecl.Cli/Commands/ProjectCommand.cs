using System.Globalization;
using TorchSharp;
using ZfDecl.Analysis;
using ZfDecl.Data;
using ZfDecl.Deconvolution;
using ZfDecl.Imaging;
using ZfDecl.Networks;
using ZfDecl.Runs;

namespace ZfDecl.Cli.Commands;

/// <summary><c>-t:Project</c>: takes one unit of one image, or all units of a layer together, down to pixels.</summary>
internal static class ProjectCommand
{
    public static int Run(RunContext context)
    {
        var (source, settings, log) = (TrainedRun.Choose(context), context.Settings, context.Log);
        var info = source.Entry.Info;
        var layer = info.Layer(settings.Choice("layer", info.Recipe.Visualize.Layers[^1], [.. info.Layers.Where(layer => layer.Kind is not ("softmax" or "flatten")).Select(layer => layer.Name)]));
        var whole = settings.Choice("maps", "one", ["one", "all"]) == "all";
        int? map = settings.IsGiven("map") ? settings.WholeNumber("map", 0, min: 0) : null;
        var at = settings.IsGiven("at") ? Place(settings.Text("at", "")) : null;
        var rules = context.Rules();
        var image = settings.IsGiven("image")
            ? settings.Text("image", "")
            : throw new ZfDeclException("ZF1431", "which image? Give -p:Image= with a file, or with the name or number of an image of the data");
        if (whole && (map is not null || at is not null))
            throw new ZfDeclException("ZF1431", "-p:Maps=all projects the whole layer: leave out -p:Map and -p:At, or -p:Maps");
        var output = settings.FilePath("out", null);
        using var subject = Subject.Open(context, source, image);
        var (network, pixels, preprocessor) = (subject.Network, subject.Pixels, subject.Preprocessor);
        var (input, seen) = (new float[info.Input.Count], new byte[info.Input.Count]);
        preprocessor.Evaluation(pixels.Values, input);
        preprocessor.CentreCrop(pixels.Values, seen);
        var projection = whole ? ImageProjection.OfLayer(network, input, layer, rules) : ImageProjection.OfUnit(network, input, layer, map, at, rules);
        if (projection.Value <= 0)
            log.Warn("ZF1433", $"{Describe(projection)}: the activation is {projection.Value.ToString(CultureInfo.InvariantCulture)}, so nothing excites it in this image and there is nothing to see; choose another map, or leave -p:Map and -p:At out for the strongest");

        var picture = Path.Combine(source.Folder, "project", $"{FileNameOf(pixels.Name)}-{layer.Name}{(projection.Unit is { } unit ? FormattableString.Invariant($"-{unit.Map}-{unit.At.Y}-{unit.At.X}") : "")}.png");
        Draw(picture, source, projection, seen, pixels.Name, rules);
        log.Say(FormattableString.Invariant($"{Describe(projection)}: activation {projection.Value:G4}: {picture}"));
        if (output is not null)
        {
            projection.Write(output, info.Input);
            log.Say($"input, projection, activation{(whole ? "" : ", position")}: {output}");
        }
        return 0;
    }

    private static void Draw(string path, TrainedRun source, ImageProjection projection, byte[] image, string name, DeconvnetOptions rules)
    {
        var (input, field) = (source.Entry.Info.Input, projection.Layer.ReceptiveField);
        var region = projection.Unit is { } unit ? new UnitWindow(field, input).At(unit.At.Y, unit.At.X) : new(0, 0, input.Height, input.Width);
        AtomicFile.Write(path, stream => stream.Write(ProjectionPicture.ToPng(
            $"{source.Entry.Info.Name}  ·  {Describe(projection)}",
            [
                FormattableString.Invariant($"{(projection.Unit is null ? "strongest activation" : "activation")} {projection.Value:G4}  ·  receptive field {field.Height}×{field.Width}  ·  {name}  ·  {source.Weights}{(rules.Described is { } other ? $"  ·  {other}" : "")}"),
                projection.Unit is null ? "Left, the image; middle, the same; right, the projection of all units together" : "Left, the image and the window that the unit sees; middle, that window; right, the projection of the unit alone",
            ],
            input, image, projection.Projection, region)));
    }

    private static string Describe(ImageProjection projection) => projection.Unit is { } unit
        ? FormattableString.Invariant($"{projection.Layer.Name}, map {unit.Map}, unit ({unit.At.Y}, {unit.At.X})")
        : $"{projection.Layer.Name}, all {projection.Layer.Output.Maps} maps";

    private static UnitPosition? Place(string text) =>
        text.Split([',', ';', '+', ' ', ':'], StringSplitOptions.RemoveEmptyEntries) is [var y, var x]
        && int.TryParse(y, NumberStyles.None, CultureInfo.InvariantCulture, out var row) && int.TryParse(x, NumberStyles.None, CultureInfo.InvariantCulture, out var column)
            ? new(row, column)
            : throw new ZfDeclException("ZF1003", $"-p:At={text}: this is no place; give a row and a column, such as 6+7");

    private static string FileNameOf(string name) => string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '-')).Trim('-');

    /// <summary>The network and the image that it is shown. A file needs no data beside the weights of a trained run.</summary>
    private sealed record Subject(ConvNet Network, StoredImage Pixels, Preprocessor Preprocessor, IDisposable Owned) : IDisposable
    {
        public static Subject Open(RunContext context, TrainedRun source, string image)
        {
            var (info, log) = (source.Entry.Info, context.Log);
            if (!File.Exists(image))
            {
                var opened = OpenedRun.Open(context, source);
                return new(opened.Network, FromData(opened, image), opened.Preprocessor, opened);
            }
            if (source.Run is not { } run)
            {
                var opened = OpenedRun.Open(context, source);
                return new(opened.Network, FromFile(info, image, log), opened.Preprocessor, opened);
            }
            var device = context.Device();
            context.Settings.Report(log);
            var pixels = FromFile(info, image, log);
            var network = run.LoadNetwork(source.Entry, log);
            network.to(device);
            return new(network, pixels, new(info.Input, pixels.Stored, info.Recipe.Preprocess, run.Statistics), network);
        }

        public void Dispose() => Owned.Dispose();

        private static StoredImage FromFile(NetworkInfo info, string path, IRunLog log)
        {
            var (values, stored) = SingleImage.Read(Path.GetFullPath(path), info.Input, info.Recipe.Preprocess, log);
            return new(Path.GetFileName(path), values, stored);
        }

        private static StoredImage FromData(OpenedRun opened, string image)
        {
            var images = opened.Images;
            var index = int.TryParse(image, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : Enumerable.Range(0, images.Count).FirstOrDefault(i => images.NameOf(i) == image, -1);
            if (index < 0 || index >= images.Count)
                throw new ZfDeclException("ZF1432", $"-p:Image={image}: there is no such file here, and no such image among the {images.Count:N0} of the {opened.Split} split; give a file, a number 0 … {images.Count - 1}, or a name such as {images.NameOf(0)}");
            var values = new byte[images.Shape.Count];
            images.Read(index, values);
            return new(images.NameOf(index), values, images.Shape);
        }
    }

    /// <param name="Name">What a person calls it.</param>
    /// <param name="Values">[C, h, w], 0 … 255.</param>
    /// <param name="Stored">Its shape.</param>
    private sealed record StoredImage(string Name, byte[] Values, FeatureShape Stored);
}
