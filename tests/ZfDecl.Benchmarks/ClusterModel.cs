using System.Globalization;
using TorchSharp.Modules;
using ZfDecl.Models;
using ZfDecl.Networks;
using ZfDecl.Training.DataParallel;

namespace ZfDecl.Benchmarks;

/// <summary>
/// The model of <c>docs/cluster.md</c> for ZF-8 on ImageNet. A step of P ranks takes B/P · t for the images, D · (B − B/P) for the gradients of dense layers that each rank computes of all images, what
/// is sent over the bandwidth, m · (P − 1) · l for the messages, and u for the update.
/// </summary>
internal static class ClusterModel
{
    private const double Images = 1_281_167, Epochs = 70, MessageSeconds = 20e-6, UpdateBytesASecond = 8e9;
    private const long Large = 1 << 16;

    private static readonly int[] Ranks = [1, 2, 4, 8, 16, 32, 64, 128, 256];
    private static readonly double[] Gigabits = [10, 25, 100];

    /// <summary>Prints the tables.</summary>
    /// <param name="constants">Seconds that an image takes a rank in a training step, and in a search.</param>
    public static void Print(IReadOnlyList<string> constants)
    {
        var (step, search) = (Number(0), Number(1));
        using var network = new Zf8();
        foreach (var batch in new[] { 128, 1024 })
        {
            Console.WriteLine($"\nZF-8, {Epochs:0} epochs of {Images:N0} images, batch {batch}: days");
            Console.WriteLine("| ranks | " + string.Join(" | ", Gigabits.Select(rate => $"{rate} Gbit/s")) + " | share of reduction at 10 / 25 / 100 |");
            foreach (var ranks in Ranks.Where(ranks => ranks <= batch))
            {
                var all = Gigabits.Select(rate => Step(network, ranks, batch, step, rate * 1e9 / 8)).ToArray();
                Console.WriteLine($"| {ranks} | {string.Join(" | ", all.Select(one => Text((one.Compute + one.Sending) * Images / batch * Epochs / 86400)))} | {string.Join(" / ", all.Select(one => (one.Sending / (one.Compute + one.Sending)).ToString("0 %", CultureInfo.InvariantCulture)))} |");
            }
        }
        Console.WriteLine("\nthe strongest units of a million images: hours on " + string.Join(", ", Ranks.Select(ranks => $"{ranks}: {Text(1e6 * search / ranks / 3600)}")));

        double Number(int place) => double.Parse(constants[place], CultureInfo.InvariantCulture);
    }

    private static (double Compute, double Sending) Step(ConvNet network, int ranks, int batch, double image, double bandwidth)
    {
        var (bytes, messages, shared) = (0.0, 1, 0.0);
        var dense = network.modules().OfType<Linear>().Where(layer => ranks > 1 && DenseExchange.Pays(batch, layer.weight.shape[1], layer.weight.shape[0])).ToArray();
        foreach (var layer in dense)
        {
            bytes += 4.0 * batch * (ranks - 1) / ranks * (layer.weight.shape[0] + layer.weight.shape[1]);
            messages += 2;
            shared += layer.weight.numel();
        }
        foreach (var parameter in network.parameters().Where(one => !dense.Any(layer => ReferenceEquals(layer.weight, one) || ReferenceEquals(layer.bias, one))))
        {
            bytes += 2.0 * (ranks - 1) / ranks * 4 * parameter.numel();
            messages += parameter.numel() > Large ? 1 : 0;
        }
        // A third of an image's work are the gradients of the weights; those of shared dense layers are computed of all images.
        var repeated = image * shared / (3.0 * network.Info.MultiplyAdds) * (batch - ((double)batch / ranks));
        var update = 5 * 4.0 * network.parameters().Sum(one => one.numel()) / UpdateBytesASecond;
        return (((double)batch / ranks * image) + repeated + update, ranks == 1 ? 0 : (bytes / bandwidth) + (messages * (ranks - 1) * MessageSeconds));
    }

    private static string Text(double value) => value.ToString(value < 1 ? "0.00" : value < 10 ? "0.0" : "0", CultureInfo.InvariantCulture);
}
