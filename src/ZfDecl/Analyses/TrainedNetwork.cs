using TorchSharp;
using ZfDecl.Analyses.Predict;
using ZfDecl.Analyses.Project;
using ZfDecl.Data.Batching;
using ZfDecl.Data.Decoding;
using ZfDecl.Data.Layouts;
using ZfDecl.Data.Sets;
using ZfDecl.Files;
using ZfDecl.Findings;
using ZfDecl.Imaging;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Runs;

namespace ZfDecl.Analyses;

/// <summary>A network with the weights of a run, and what its images are preprocessed with: enough to classify pictures and to look into it, on the CPU. Of the run's folder it needs <c>run.json</c>, <c>weights.safetensors</c> and <c>input.safetensors</c>.</summary>
public sealed class TrainedNetwork : IDisposable
{
    private readonly IRunLog log;
    private readonly FinishedRun run;

    private TrainedNetwork(FinishedRun run, NetworkEntry entry, IRunLog log)
    {
        (this.run, this.log) = (run, log);
        var (input, recipe) = (entry.Info.Input, entry.Info.Recipe.Preprocess);
        Preprocessor = new(input, DataRequest.DecodedShape(input, recipe), recipe, run.Statistics);
        Network = run.LoadNetwork(entry, log);
    }

    /// <summary>Opens the weights of a run.</summary>
    /// <param name="run">The folder of the run, for example <c>artifacts/Digits/default</c>.</param>
    /// <param name="entry">The network that was trained: one of the generated <c>DeclaredNetworks.All</c>.</param>
    /// <param name="log">Hears warnings; nobody does where null.</param>
    /// <returns>The network; the caller disposes it.</returns>
    /// <exception cref="ZfDeclException">ZF1207: there is no such run; ZF1202, ZF1203, ZF1226, ZF1482: its files are damaged, or another network's.</exception>
    public static TrainedNetwork Open(string run, NetworkEntry entry, IRunLog? log = null) => new(RunDirectory.OpenFinished(run), entry, log ?? new SilentLog());

    /// <summary>The network, in evaluation mode; it ends with this object.</summary>
    public ConvNet Network { get; }

    /// <summary>What makes inputs of decoded pictures.</summary>
    public Preprocessor Preprocessor { get; }

    /// <summary>The names of the classes, in the order of the network's outputs.</summary>
    public IReadOnlyList<string> Classes => run.Record.Classes;

    /// <summary>Picture files, fitted to what the network takes when they are read.</summary>
    /// <param name="paths">Files of JPEG, PNG, WebP, GIF, BMP, TIFF, PNM or TGA.</param>
    /// <exception cref="ZfDeclException">ZF1511: there is no such file; ZF1130, ZF1131, ZF1136: it is no picture that can be read.</exception>
    public ImageSet Pictures(params IReadOnlyList<string> paths)
    {
        ImageFile[] files = [.. paths.Select(path => File.Exists(path) ? ImageFile.Of(path) : throw new ZfDeclException("ZF1511", "there is no such picture", path))];
        foreach (var file in files)
        {
            if (ImageDecoder.Check(file) is { } problem)
                throw new ZfDeclException(problem.Code, problem.Finding, file.Path);
        }
        return new PictureImageSet(files, new(Preprocessor.Decoded, Preprocessor.Resizing, log));
    }

    /// <summary>What the network takes images for.</summary>
    /// <param name="images">In the shape of <see cref="Preprocessor"/>'s decoded images, as <see cref="Pictures"/> has them.</param>
    /// <param name="stop">Asks to leave, by an <see cref="OperationCanceledException"/>.</param>
    /// <returns>In the order of the images, each with its five likeliest classes.</returns>
    public IReadOnlyList<ImagePrediction> Predict(ImageSet images, CancellationToken stop = default) => new ImagePredictor(Network, Preprocessor, torch.CPU).Of(images, log, stop);

    /// <summary>Takes the strongest unit of a layer, or of one of its maps, down to the pixels of an image (Zeiler &amp; Fergus 2014, §2.1), and saves the picture.</summary>
    /// <param name="images">As of <see cref="Predict"/>.</param>
    /// <param name="index">Which of them.</param>
    /// <param name="layer">The name of the layer.</param>
    /// <param name="to">The PNG; a file that is there is replaced.</param>
    /// <param name="map">The feature map; the one with the strongest unit where null.</param>
    /// <param name="rules">The rules of the deconvnet; the paper's where null.</param>
    /// <returns>What was projected.</returns>
    /// <exception cref="ZfDeclException">ZF1460: the layer has no such map; ZF1204: the file cannot be written.</exception>
    public ImageProjection Project(ImageSet images, int index, string layer, string to, int? map = null, DeconvnetOptions? rules = null)
    {
        var (projection, files) = Projected(images, index, layer, map, rules ?? new());
        var picture = files.Picture();
        AtomicFile.Write(Path.GetFullPath(to), stream => stream.Write(picture));
        return projection;
    }

    /// <summary>Does the same for the report of the run.</summary>
    /// <inheritdoc cref="Project" path="/exception"/>
    /// <param name="images">As of <see cref="Predict"/>.</param>
    /// <param name="index">Which of them.</param>
    /// <param name="layer">The name of the layer.</param>
    /// <param name="map">The feature map; the one with the strongest unit where null.</param>
    /// <param name="rules">The rules of the deconvnet; the paper's where null.</param>
    /// <returns>The path of the picture, below the run's folder.</returns>
    public string ProjectForReport(ImageSet images, int index, string layer, int? map = null, DeconvnetOptions? rules = null) =>
        Projected(images, index, layer, map, rules ?? new()).Files.Write(Path.Combine(run.Path, AnalysisKinds.Project.Folder));

    private (ImageProjection Projection, ProjectionFiles Files) Projected(ImageSet images, int index, string layer, int? map, DeconvnetOptions rules)
    {
        var (info, decoded) = (Network.Info, images.Read(index));
        using var input = Preprocessor.InputOf([decoded], torch.CPU);
        var projection = ImageProjection.OfUnit(Network, input, info.Layer(layer), map, at: null, rules);
        var caption = new SheetCaption { Network = info.Name, Data = images.NameOf(index), Weights = $"run {Path.GetFileName(run.Path)}" };
        return (projection, new(caption, projection, info.Input, Preprocessor.CentreCrop(decoded), rules));
    }

    /// <summary>Frees the network.</summary>
    public void Dispose() => Network.Dispose();
}
