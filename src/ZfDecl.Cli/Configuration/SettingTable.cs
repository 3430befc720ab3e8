using ZfDecl.Data.Batching;
using ZfDecl.Files;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Primitives;
using ZfDecl.Interchange.Exports;
using ZfDecl.Interchange.Exports.Onnx;
using ZfDecl.Networks;
using ZfDecl.Search;
using ZfDecl.Studies.Classifiers;
using static ZfDecl.Generators.Language.Keys;

namespace ZfDecl.Cli.Configuration;

/// <summary>
/// What a user can set for one run beside the keys of the recipe, which stand in the language's own table: each with its type, range, default and sentence. A verb takes those that
/// it names (<see cref="Verb.Settings"/>).
/// </summary>
internal static class SettingTable
{
    public static Key<string> Spec { get; } = Text("spec", "The network: its class or its spec file.", "the name of a network").Dependent();

    public static Key<string> Run { get; } = Of("run", "The name of the run.", new FreeText("the name of a folder: letters, digits, '-' and '_'", PlainName.Is)).Default(CommonSettings.DefaultRun);

    public static Key<string> Artifacts { get; } = Path("artifacts", "The folder that runs are kept in.");

    public static Key<string> Data { get; } = Path("data", "The folder of images, or 'shapes', which are drawn; that of the spec where left out.");

    public static Key<string> Root { get; } = Path("root", "The folder, besides its own, that the paths in a list may lie below.");

    public static Key<string> Classes { get; } = Text("classes", "The classes of the data that take part: names, numbers and ranges.", "classes, such as 0-4 or Bag+Sandal").Dependent();

    public static Key<double> Holdout { get; } =
        Number("holdout", "The share of the training images that validates, so that the validation images of the data are held out; that of the run where one is looked at.", 0, 1, aboveLeast: true, belowMost: true).Dependent();

    public static Key<int> TrainingFolds { get; } =
        Integer("folds", "Parts that the training images are divided into, each of which validates in a run of its own; none where left out.", 2, 1000).Dependent();

    public static Key<int> Fold { get; } = Integer("fold", "The one of the folds whose run is trained; each in turn where left out.", 1, 1000).Dependent();

    public static Key<string> Split { get; } = Words("split", "The part of the data that is looked at.", "validation", "train").Default("validation");

    public static Key<string> SplitOrAll { get; } = Words("split", "The part of the data that is looked at.", Splits.Validation, Splits.Train, Splits.HeldOut, Splits.All).Default(Splits.Validation);

    public static Key<string> Device { get; } = Words("device", "Where tensors are computed.", "cpu", "cuda").Default("cpu");

    public static Key<int> Threads { get; } = Integer("threads", "Threads that tensors are computed with; as many as the machine has cores where left out.", 1, 1024).Dependent();

    public static Key<string> Launch { get; } =
        Text("launch", "What starts the ranks that share the work: MPI's mpirun or Slurm's srun, with its options.", "a launcher such as \"mpirun -n 4 --hostfile hosts\" or \"srun\"").Dependent();

    public static Key<string> Hosts { get; } = Text("hosts", "The hosts of the ranks, each with the number of its ranks; mpirun starts them where no launcher is named.", "hosts such as a:2+b:2").Dependent();

    public static Key<int> Timeout { get; } = Integer("timeout", "Seconds without a sign of life after which a rank counts as lost, and all end.", 1, 86400).Default(30);

    public static Key<bool> BatchNorm { get; } =
        Word("batch-norm", "What batch normalisation takes its statistics of where ranks share a minibatch: the part of each, or the whole.", ("own", false), ("sync", true)).Default(false);

    public static Key<int> Seed { get; } = Integer("seed", "The seed of everything random; that of the run where one is looked at.", 0).Default(1);

    public static Key<EquatableArray<int>> Seeds { get; } = Of("seed", "The seeds that every row is trained with; those of the study where left out.", Wholes(0)).Default(new([1]));

    public static Key<string> Start { get; } = Text("start", "What a training begins with instead of new weights: a run, or a file of weights.", "the name of a run, <Spec>/<Run>, or a .safetensors file").Dependent();

    public static Key<bool> DryRun { get; } = Word("dry-run", "Whether it is only said how much time, memory and disk it would take.", ("yes", true), ("no", false)).Default(false);

    public static Key<bool> Resume { get; } = YesNo("resume", "Whether an unfinished run of that name goes on.");

    public static Key<EvaluationCrops> Crops { get; } =
        Word("crops", "What is seen of an image that is classified: 1 for its centre, 10 for the average of ten crops.", ("1", EvaluationCrops.Centre), ("10", EvaluationCrops.Ten)).Default(EvaluationCrops.Centre);

    public static Key<string> Runs { get; } = Text("runs", "The runs whose probabilities are averaged.", "two runs at least, such as a+b or Fashion/a+Pictures/b").Dependent();

    public static Key<string> Compare { get; } = Text("compare", "The runs that are shown side by side.", "two runs at least, such as a+b or Fashion/a+Pictures/b").Dependent();

    public static Key<string> Remove { get; } = Text("remove", "The runs that are deleted from disk.", "runs, such as old or Fashion/old+Fashion/older").Dependent();

    public static Key<string> Maps { get; } = Text("maps", "The feature maps that are looked at.", "all, random:6 for six by chance, or numbers such as 3+17").Dependent();

    public static Key<PerImage> PerImage { get; } =
        Word("per-image", "How many units of one image may be among the strongest of a map.", ("one", Search.PerImage.One), ("all", Search.PerImage.All)).Default(Search.PerImage.One);

    public static Key<ReluRule> Rule { get; } =
        Word("rule", "How the deconvnet goes through a relu.", ("deconv", ReluRule.Deconv), ("mask", ReluRule.Mask), ("guided", ReluRule.Guided)).Default(ReluRule.Deconv);

    public static Key<UnpoolRule> Unpool { get; } =
        Word("unpool", "How the deconvnet goes through a max pooling whose windows share a switch.", ("sum", UnpoolRule.Sum), ("overwrite", UnpoolRule.Overwrite)).Default(UnpoolRule.Sum);

    public static Key<string> Shard { get; } =
        Of("shard", "The part of a divided search that is done now.", new FreeText("a part of a whole such as 2/8, from 1/8 to 8/8", text => Search.Shard.Parse(text) is not null)).Dependent();

    public static Key<string> Image { get; } = Text("image", "An image, or several: a file, or a name or number in the split.", "a file, or a name or number in the split").Dependent();

    public static Key<string> Pictures { get; } =
        Text("image", "The images: files, folders, patterns such as photos/*.jpg, or names or numbers in the split, with + between.", "files, folders, patterns, or names or numbers in the split, with + between").Dependent();

    public static Key<string> Images { get; } = Text("images", "The images that are looked at, or how many.", "a number, or names with + between").Default("5");

    public static Key<int> ImageCount { get; } = Integer("images", "How many images are looked at.", 1).Default(200);

    public static Key<int> Compared { get; } = Integer("images", "How many training images a picture is compared with at most.", 1).Default(10_000);

    public static Key<string> Class { get; } = Text("class", "The class whose probability is watched; the image's own where left out.", "the name or number of a class").Dependent();

    public static Key<string> ExplainedClass { get; } = Text("class", "The class that is explained; the predicted one where left out.", "the name or number of a class").Dependent();

    public static Key<string> Layer { get; } = Text("layer", "The layer that is looked at.", "the name of a layer").Dependent();

    public static Key<string> WholeLayer { get; } = Words("maps", "One feature map, or the whole layer.", "one", "all").Default("one");

    public static Key<int> Map { get; } = Integer("map", "The feature map that is projected; the strongest where left out.", 0).Dependent();

    public static Key<int> WatchedMap { get; } = Integer("map", "The feature map that is watched; the one that is strongest in the image where left out.", 0).Dependent();

    public static Key<string> At { get; } =
        Of("at", "The unit that is projected: its row and column.", new FreeText("a row and a column, such as 6+7", text => TypedUnit.Parse(text) is not null)).Dependent();

    public static Key<string> Input { get; } = Path("input", "The safetensors file of preprocessed images that a network is shown: its tensor input, [N, C, H, W].");

    public static Key<string> Out { get; } = Path("out", "The file that tensors are written to.");

    public static Key<int> Size { get; } = Integer("size", "The side of the occluder, in pixels.", 1).Dependent();

    public static Key<int> Stride { get; } = Integer("stride", "Pixels from one position of the occluder to the next.", 1).Dependent();

    public static Key<int> Epoch { get; } = Integer("epoch", "The epoch whose weights are looked at, of those that the run has kept; its best where left out.", 1).Dependent();

    public static Key<int> Port { get; } = Integer("port", "The port of this machine that the page is served at; one that is free where left out.", 1, 65535).Dependent();

    public static Key<bool> Open { get; } = YesNo("open", "Whether a browser is opened.");

    public static Key<string> Parts { get; } = Path("parts", "The file of the parts of images.");

    public static Key<string> Against { get; } = Text("against", "Another network, or another run, to compare with.", "the name of a network or run, or <Spec>/<Run>").Dependent();

    public static Key<string> Format { get; } = Words("format", "What the report is written as besides its page: pdf is printed by a Chromium, zip holds all of its folder.", "html", "pdf", "zip").Default("html");

    public static Key<bool> Render { get; } = YesNo("render", "Whether the pictures are made anew.");

    public static Key<LinearClassifierKind> Classifier { get; } =
        Word("classifier", "What is put on top of the features; svm is the default on PASCAL VOC.", ("softmax", LinearClassifierKind.Softmax), ("svm", LinearClassifierKind.Svm)).Dependent();

    public static Key<EquatableArray<int>> PerClass { get; } = Of("per-class", "Training images of each class.", Wholes(1)).Dependent();

    public static Key<int> Folds { get; } = Integer("folds", "How often everything is done, each time with other images.", 1, 1000).Default(5);

    public static Key<bool> Scratch { get; } = YesNo("scratch", "Whether the network is also trained from scratch.");

    public static Key<double> Overlap { get; } = Number("overlap", "The correlation from which on two images count as the same.", 0, aboveLeast: true).Default(0.98);

    public static Key<double> TrainingOverlap { get; } =
        Number("overlap", "The correlation from which on a validation image counts as a near-duplicate of a training image; above 1 for none.", 0, aboveLeast: true).Default(0.995);

    public static Key<string> Study { get; } = Text("study", "The study: the name of its file under specs/studies; that of the network, such as fashion-ablations, where left out.", "the name of a study").Dependent();

    public static Key<string> Sweep { get; } = Text("sweep", "Keys of the recipe with the values to try.", "keys with values, such as \"learning-rate=0.02+0.05 batch=64+128\"").Dependent();

    public static Key<string> Specs { get; } = Text("specs", "The networks to compare.", "names of networks with + between").Dependent();

    public static Key<int> Jobs { get; } = Integer("jobs", "Trainings of a study side by side.", 1, 64).Default(1);

    public static Key<string> From { get; } = Path("from", "The file of a network that another program has written, an ONNX model or a prototxt of Caffe; or, with 'spec', of weights: of PyTorch, TorchSharp, Caffe or safetensors.");

    public static Key<string> ImportedRun { get; } = Of("run", "The name of the run that weights for a declared network become.", new FreeText("the name of a folder: letters, digits, '-' and '_'", PlainName.Is)).Default(Interchange.Runs.ImportedRun.Name);

    public static Key<string> Package { get; } = Of("package", "A NuGet package that carries an ONNX model, restored by the NuGet client.", new FreeText("a package with its version, such as Id/1.2.3", text => text.Split('/') is [{ Length: > 0 }, { Length: > 0 }])).Dependent();

    public static Key<string> Name { get; } = Text("name", "What the imported network is called; after its file where left out.", "a name in PascalCase, such as ResNet18").Dependent();

    public static Key<string> To { get; } = Words("to", "What a network is exported as: an ONNX model, a PyTorch module with its weights, or its weights alone.", ExportFormats.Onnx, ExportFormats.PyTorch, ExportFormats.SafeTensors).Default(ExportFormats.Onnx);

    public static Key<string> ExportOut { get; } = Path("out", "The file that is written; in the folder of the run where left out.");

    public static Key<int> Opset { get; } = Integer("opset", "The version of the operators of an ONNX model.", OnnxExport.LeastOpset, OnnxExport.MostOpset).Default(OnnxExport.UsualOpset);

    public static Key<bool> PreprocessInside { get; } =
        Word("preprocess", "Whether an exported model takes pixels from 0 to 255, red first, and does itself what is done to them.", ("yes", true), ("no", false)).Default(false);

    public static Key<string> Mean { get; } = Path("mean", "The mean image that belongs to weights, as Caffe keeps it: mean.binaryproto.");

    public static Key<bool> Overwrite { get; } = Word("overwrite", "Whether a file that is there already may be replaced.", ("yes", true), ("no", false)).Default(false);

    public static Key<string> Labels { get; } = Path("labels", "The file of the names of the classes, one a line in the order of the network's outputs, or ImageNet's list of synsets.");

    public static Key<int> ImageSize { get; } = Integer("size", "The height and width of the image where the model takes any.", 1, 4096).Default(224);

    private static KeyDefinition<string> Text(string name, string summary, string allowed) => Of(name, summary, new FreeText(allowed));

    private static Key<string> Path(string name, string summary) => Of(name, summary, new FreeText("a path", text => !text.Contains('\0', StringComparison.Ordinal))).Dependent();

    private static KeyDefinition<string> Words(string name, string summary, params string[] words) => Word(name, summary, [.. words.Select(word => (word, word))]);

    private static Key<bool> YesNo(string name, string summary) => Word(name, summary, ("yes", true), ("no", false)).Default(true);

    private static ListType<int> Wholes(int least) => new(new IntegerType(least, int.MaxValue), numbers => string.Join(", ", numbers), least: 1);
}
