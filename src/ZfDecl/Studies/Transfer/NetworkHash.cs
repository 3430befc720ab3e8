using System.Security.Cryptography;
using System.Text;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Studies.Transfer;

/// <summary>Tells networks apart by their weights.</summary>
internal static class NetworkHash
{
    /// <summary>SHA-256 of the names and values of all parameters and buffers, lowercase hex.</summary>
    public static string Of(ConvNet network)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, values) in network.state_dict().OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name} {string.Join('×', values.shape)}\n"));
            var here = values.cpu().contiguous();
            hash.AppendData(here.bytes);
            GC.KeepAlive(here);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
