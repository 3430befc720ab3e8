using System.Globalization;
using TorchSharp.Modules;
using ZfDecl.Data;
using ZfDecl.Models;
using ZfDecl.Networks;
using ZfDecl.Training;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ZfDecl.Benchmarks;

/// <summary>
/// Where a training step of ZF-8 with 32 images goes: each layer's product forward, and the gradients of its weights and of its input, each against one matrix
/// product at the machine's best; then what is no product. It shows how much faster any code that multiplies in float32 could be.
/// </summary>
internal static class StepParts
{
    private const int Batch = 32, Side = 2048;

    private sealed record Part(string Name, double Flops, Action Work);

    public static void Measure()
    {
        random.manual_seed(1);
        using var scope = NewDisposeScope();
        using var net = new Zf8();
        using var trained = new Zf8();              // its weights change, which those of products whose gradients are asked for again must not
        var recipe = Zf8.Declaration.Recipe.Train with { Batch = Batch, LearningRate = 1e-4 };
        Initialization.Apply(net, recipe.InitialStd);
        Initialization.Apply(trained, recipe.InitialStd);
        var images = randn(Batch, 3, 224, 224);
        using var learner = new Learner(trained, new() { Recipe = recipe, Seed = 1 }, 1_000_000);
        using var tally = new Tally(countsTop5: false);
        using var batch = new Batch(images, randint(0, 1000, Batch), [.. Enumerable.Range(0, Batch)]);
        var (places, filters) = (ChannelsLast.Of(randn(1, Side, Side, 1)), ChannelsLast.Of(randn(Side, Side, 1, 1)));
        Part[] parts =
        [
            new($"a product of {Side}³", 2.0 * Side * Side * Side, () => F.conv2d(places, filters).Dispose()),
            new("the whole step", 0, () => learner.Learn(batch, tally, 1)),
            .. Products(net, images),
            .. Pools(net, images),
            .. Updates(trained, recipe),
        ];
        var table = new Paired($"ZF-8, a training step of {Batch} images in parts, {get_num_threads()} threads", rounds: 7);
        foreach (var part in parts)
            table.Add(part.Name, part.Work);
        // Processor time, as all threads have the same to do: a machine that others use too distorts it less.
        Print(parts, [.. table.Time().Select(median => median.Cpu / get_num_threads())]);
    }

    private static IEnumerable<Part> Products(Zf8 net, Tensor images)
    {
        var children = net.named_children().ToDictionary(child => child.name, child => child.module);
        using var seen = net.Record(images);
        foreach (var layer in net.Info.Layers.Where(layer => layer.Kind is "conv" or "dense"))
        {
            var flops = 2.0 * Batch * layer.MultiplyAdds;
            var below = layer.Index == 0 ? images : seen.FeatureMaps(layer.Index - 1);
            var x = (layer.Kind == "conv" ? ChannelsLast.Of(below) : below.flatten(1)).detach().clone();
            Func<Tensor, Tensor> product = children[layer.Name] is Conv2d conv ? conv.call : input => DenseProduct.Apply((Linear)children[layer.Name], input);
            var gradient = randn_like(product(x)).detach();
            IList<Tensor> weights = [.. children[layer.Name].parameters()];
            yield return new($"{layer.Name} forward", flops, () =>
            {
                using var noGrad = no_grad();
                product(x).Dispose();
            });
            yield return Gradient($"{layer.Name} gradient of weights", flops, product(x), weights, gradient);
            if (layer.Index == 0)
                continue;                   // nobody asks for the gradient of the images
            var input = x.clone().requires_grad_(true);
            foreach (var weight in weights)
                weight.requires_grad_(false);
            yield return Gradient($"{layer.Name} gradient of input", flops, product(input), [input], gradient);
            foreach (var weight in weights)
                weight.requires_grad_(true);
        }
    }

    private static IEnumerable<Part> Pools(Zf8 net, Tensor images)
    {
        using var seen = net.Record(images);
        foreach (var layer in net.Info.Layers.Where(layer => layer.Kind == "maxpool"))
        {
            var maps = ChannelsLast.Of(randn(seen.FeatureMaps(layer.Index - 1).shape)).detach().requires_grad_(true);
            ResponseParameters? norm = layer.Name == "pool5" ? null : new(5, 5e-4, 0.75, 2);
            Tensor Pool() => ReluPoolNorm.Apply(maps, [3, 3], [2, 2], [0, 0], roundUp: true, norm);
            yield return new($"relu, {layer.Name}{(norm is null ? "" : ", norm")} forward", 0, () => Pool().Dispose());
            var pooled = Pool();
            yield return Gradient($"relu, {layer.Name}{(norm is null ? "" : ", norm")} gradient", 0, pooled, [maps], randn_like(pooled).detach());
        }
    }

    private static IEnumerable<Part> Updates(Zf8 net, TrainingRecipe recipe)
    {
        var descent = new Sgd(net.parameters(), recipe.Momentum, recipe.WeightDecay);
        var renormalization = new FilterRenormalization(net, recipe.FilterRms ?? 0.1);
        foreach (var parameter in net.parameters())
            parameter.grad = zeros_like(parameter);
        yield return new("step of all parameters", 0, () => descent.Step(0));
        yield return new("renormalisation of filters", 0, renormalization.Apply);
    }

    private static Part Gradient(string name, double flops, Tensor y, IList<Tensor> of, Tensor given) => new(name, flops, () =>
    {
        foreach (var gradient in autograd.grad([y], of, [given], retain_graph: true))
            gradient.Dispose();
    });

    private static void Print(Part[] parts, IReadOnlyList<double> seconds)
    {
        var best = parts[0].Flops / seconds[0];
        Console.WriteLine($"\n  {"",-34}{"GFLOP",10}{"ms",10}{"GFLOP/s",10}{"of best",10}");
        foreach (var (part, time) in parts.Zip(seconds).Where(one => one.First.Flops > 0))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {part.Name,-34}{1e-9 * part.Flops,10:F2}{1e3 * time,10:F1}{1e-9 * part.Flops / time,10:F0}{part.Flops / time / best,10:P0}"));
        foreach (var (part, time) in parts.Zip(seconds).Skip(2).Where(one => one.First.Flops == 0))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {part.Name,-34}{"",10}{1e3 * time,10:F1}"));
        var (flops, whole) = (parts.Skip(2).Sum(part => part.Flops), seconds[1]);
        var products = parts.Zip(seconds).Skip(2).Where(one => one.First.Flops > 0).Sum(one => one.Second);
        var others = parts.Zip(seconds).Skip(2).Where(one => one.First.Flops == 0).Sum(one => one.Second);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  processor time a thread; the whole step: {1e3 * whole:F0} ms; products {1e3 * products:F0} ms ({flops / products / best:P0} of best), pooling and updates {1e3 * others:F0} ms, the rest {1e3 * (whole - products - others):F0} ms"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  with every product at the best rate: {1e3 * (whole - products + (flops / best)):F0} ms; the products alone: {1e3 * flops / best:F0} ms"));
    }
}
