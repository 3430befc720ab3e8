using ZfDecl.Data.Batching;
using ZfDecl.Data.Layouts;
using ZfDecl.Messages;
using ZfDecl.Models;
using ZfDecl.Networks;
using ZfDecl.Tests;
using ZfDecl.Training;
using static TorchSharp.torch;

namespace ZfDecl.Benchmarks;

/// <summary>What is timed, each in the plain way and in ours: a round of it, made in the process that runs it.</summary>
internal static class Workloads
{
    private const int SmallSteps = 24;

    public static IReadOnlyDictionary<string, Func<bool, Action>> All { get; } = new Dictionary<string, Func<bool, Action>>
    {
        ["forward16"] = isPlain => Forward(isPlain ? new PlainZf8() : new Zf8()),
        ["forward16-resnet18"] = isPlain => Forward(isPlain ? new PlainResNet18() : new ResNet18()),
        ["forward16-googlenet"] = isPlain => Forward(isPlain ? new PlainGoogLeNet() : new GoogLeNet()),
        ["step32"] = isPlain => Step(isPlain, new PlainZf8(), new Zf8(), 32),
        ["step128"] = isPlain => Step(isPlain, new PlainZf8(), new Zf8(), 128),
        ["step32-resnet18"] = isPlain => Step(isPlain, new PlainResNet18(), new ResNet18(), 32),
        ["convolutions32-resnet18"] = _ => ConvolutionsAlone.Of(ResNet18.Declaration, 32),
        ["step32-jpeg"] = isPlain => isPlain ? PlainFromJpegs() : TrainerOverhead.LargeWork(isPlain, cache: 0),
        ["small"] = Small,
        ["overhead"] = TrainerOverhead.SmallWork,
        ["overhead-zf8"] = isPlain => TrainerOverhead.LargeWork(isPlain, cache: 0),
        ["overhead-zf8-kept"] = isPlain => TrainerOverhead.LargeWork(isPlain, DataRequest.DefaultCache),
        ["projection-conv2"] = _ => AnalysisWorkloads.Projection("conv2", 50),
        ["projection-conv3"] = _ => AnalysisWorkloads.Projection("conv3", 8),
        ["projection-conv5"] = _ => AnalysisWorkloads.Projection("conv5", 3),
        ["occlusion"] = _ => AnalysisWorkloads.Occlusion(),
        ["search"] = _ => AnalysisWorkloads.Search(),
        ["generator-cold"] = _ => AnalysisWorkloads.GeneratorCold(),
        ["generator-edit"] = _ => AnalysisWorkloads.GeneratorEdit(),
    };

    private static Action Forward(nn.Module<Tensor, Tensor> network)
    {
        network.eval();
        var images = randn(ForwardBenchmark.Batch, 3, 224, 224);
        return () => ForwardBenchmark.Repeat(() => network.call(images));
    }

    private static Action Step(bool isPlain, nn.Module<Tensor, Tensor> other, ConvNet own, int batch)
    {
        var recipe = own.Info.Recipe.Train with { Batch = batch, LearningRate = 1e-4 };
        var (images, labels) = (randn(batch, 3, 224, 224), randint(0, 1000, batch));
        if (isPlain)
        {
            var plain = new PlainTraining(other, recipe);
            return () => plain.Step(images, labels);
        }
        var learner = new Learner(own, new() { Recipe = recipe, Seed = 1 }, 1_000_000);
        var (tally, seen) = (new Tally(countsTop5: false), new Batch(images, labels, [.. Enumerable.Range(0, batch)]));
        return () => learner.Learn(seen, tally, 1);
    }

    private static Action PlainFromJpegs()
    {
        const int Batch = TrainerOverhead.LargeBatch, Side = JpegDecoding.Crop;
        var folder = new TemporaryFolder();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        var files = Photographs.Write(folder.Path, TrainerOverhead.LargeSteps * Batch);
        var plain = new PlainTraining(new PlainZf8(), Zf8.Declaration.Recipe.Train with { Batch = Batch, LearningRate = 1e-4 });
        return () =>
        {
            foreach (var batch in files.Chunk(Batch))
            {
                using var scope = NewDisposeScope();
                var values = new float[Batch * 3 * Side * Side];
                foreach (var (place, file) in batch.Index())
                    JpegDecoding.Plain(file, values.AsSpan(place * 3 * Side * Side, 3 * Side * Side));
                plain.Step(tensor(values, [Batch, 3, Side, Side]), tensor(Array.ConvertAll(batch, file => Path.GetFileName(Path.GetDirectoryName(file)) == "a" ? 0L : 1L)));
            }
        };
    }

    private static Action Small(bool isPlain)
    {
        var recipe = Fashion.Declaration.Recipe;
        var data = ImageFolder.Open(Repository.PathOf("specs", "data", "fashion-mnist"), new(Fashion.Declaration.Input, recipe.Preprocess, 1, new SilentLog()));
        var batch = recipe.Train.Batch;
        if (isPlain)
        {
            var (plain, images) = (new PlainTraining(new PlainFashion(), recipe.Train), new PlainImages(data.Train));
            return () =>
            {
                for (var step = 0; step < SmallSteps; step++)
                {
                    using var scope = NewDisposeScope();
                    var (x, labels) = images.Next(batch);
                    plain.Step(x, labels);
                }
            };
        }
        var preprocessor = new Preprocessor(Fashion.Declaration.Input, data.Train.Shape, recipe.Preprocess, ImageStatistics.Measure(data.Train, Fashion.Declaration.Input, new SilentLog()));
        var network = new Fashion();
        Initialization.Apply(network, recipe.Train.InitialStd);
        var (learner, tally) = (new Learner(network, new() { Recipe = recipe.Train, Seed = 1 }, data.Train.Count), new Tally(countsTop5: false));
        var epoch = 0;
        return () =>
        {
            // The last steps of an epoch: nothing that was read ahead is left over for the next round.
            var skip = (data.Train.Count + batch - 1) / batch - SmallSteps;
            foreach (var seen in Batches.ForTraining(data.Train, preprocessor, batch, 1, ++epoch, CPU, skip))
            {
                using (seen)
                    learner.Learn(seen, tally, epoch);
            }
        };
    }
}
