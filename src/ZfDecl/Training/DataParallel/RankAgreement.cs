using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using System.Text;
using ZfDecl.Distributed;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Networks.Kernels;
using static TorchSharp.torch;

namespace ZfDecl.Training.DataParallel;

/// <summary>What must be the same on all ranks.</summary>
internal static class RankAgreement
{
    /// <summary>Checks that all ranks do the same work; collective.</summary>
    /// <param name="group">The ranks.</param>
    /// <param name="facts">What with its value, for example the hash of the images; in the same order on all ranks.</param>
    /// <exception cref="ZfDeclException">ZF1567: a rank has another value.</exception>
    internal static void Check(IProcessGroup group, params IReadOnlyList<(string What, string Value)> facts)
    {
        var all = group.Gather(Encoding.UTF8.GetBytes(string.Join('\n', facts.Select(fact => fact.Value.ReplaceLineEndings(" "))))).Select(bytes => Encoding.UTF8.GetString(bytes).Split('\n')).ToArray();
        for (var rank = 1; rank < group.Size; rank++)
        {
            var other = Enumerable.Range(0, facts.Count).FirstOrDefault(fact => all[rank].ElementAtOrDefault(fact) != all[0][fact], -1);
            if (other >= 0)
            {
                throw new ZfDeclException("ZF1567", $"rank {rank} on host {group.Hosts[rank]} has another {facts[other].What} than rank 0 on host {group.Hosts[0]}: {all[rank].ElementAtOrDefault(other)}, not {all[0][other]}. "
                    + "All hosts need the same program, specs and images, at the same paths");
            }
        }
    }

    /// <summary>Whether the same operations on the same bits give the same bits on all ranks, as far as can be known: the same processor, threads and libraries; collective.</summary>
    internal static bool ComputeAlike(IProcessGroup group)
    {
        const string Processors = "/proc/cpuinfo", Model = "model name";
        var processor = File.Exists(Processors) ? File.ReadLines(Processors).FirstOrDefault(line => line.StartsWith(Model, StringComparison.Ordinal)) ?? "" : "";
        var own = $"{processor} {Vector512.IsHardwareAccelerated} {get_num_threads()} {__version__}";
        return group.Gather(Encoding.UTF8.GetBytes(own)).Select(Encoding.UTF8.GetString).Distinct().Count() == 1;
    }

    /// <summary>Proves that all ranks have the same weights, to the bit; collective.</summary>
    /// <param name="group">The ranks.</param>
    /// <param name="network">The network.</param>
    /// <param name="epoch">The epoch that has ended.</param>
    /// <exception cref="ZfDeclException">ZF1568: they do not.</exception>
    internal static void CheckWeights(IProcessGroup group, ConvNet network, int epoch)
    {
        if (group.Size == 1)
            return;
        var hashes = group.Gather(Hash(network)).Select(Convert.ToHexStringLower).ToArray();
        for (var rank = 1; rank < group.Size; rank++)
        {
            if (hashes[rank] != hashes[0])
            {
                throw new ZfDeclException("ZF1568", $"after epoch {epoch} the weights of rank {rank} on host {group.Hosts[rank]} differ from those of rank 0 on host {group.Hosts[0]} (SHA-256 {hashes[rank][..8]}…, {hashes[0][..8]}…): "
                    + "its processor or memory is at fault, or its libraries are others. Leave the host out; the same command goes on from the last checkpoint");
            }
        }
    }

    private static unsafe byte[] Hash(ConvNet network)
    {
        using var noGrad = no_grad();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (_, tensor) in network.state_dict().OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            using var scope = NewDisposeScope();
            var here = tensor.detach().cpu().contiguous();
            byte* bytes = TensorMemory.Of<byte>(here);
            for (long first = 0, length = here.numel() * here.element_size(); first < length; first += 1 << 30)
                hash.AppendData(new ReadOnlySpan<byte>(bytes + first, (int)Math.Min(1 << 30, length - first)));
            GC.KeepAlive(here);
        }
        return hash.GetHashAndReset();
    }
}
