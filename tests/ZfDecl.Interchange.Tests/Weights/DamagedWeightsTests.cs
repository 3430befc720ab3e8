using System.Diagnostics;
using ZfDecl.Files;
using ZfDecl.Interchange.Caffe;
using ZfDecl.Interchange.Weights;
using ZfDecl.Messages;
using static TorchSharp.torch;

namespace ZfDecl.Interchange.Tests.Weights;

/// <summary>Files of weights with damaged bytes are refused with a code, or are read still: nothing crashes, hangs or takes memory. ZFDECL_DAMAGED asks for more of them.</summary>
public sealed class DamagedWeightsTests : IDisposable
{
    private static readonly int Count = int.Parse(Environment.GetEnvironmentVariable("ZFDECL_DAMAGED") ?? "3000", System.Globalization.CultureInfo.InvariantCulture);
    private static readonly TimeSpan LongestOne = TimeSpan.FromSeconds(10);
    private const long MostMemory = 256L << 20;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void DamagedWeightsAreRefusedOrRead()
    {
        var file = TorchFile.Of(("features.0.weight", [.. Enumerable.Range(0, 108).Select(i => i / 7f)], [4, 3, 3, 3]), ("features.0.bias", [1, 2, 3, 4], [4]), ("fc.weight", [1, 2, 3, 4, 5, 6], [2, 3]));
        byte[][] corpus = [file.ToZip(), file.ToLegacy(), file.ToZip(System.IO.Compression.CompressionLevel.Optimal), SafeTensors(), DotNet(), Caffe()];
        var (path, read, refused, problems) = (folder["damaged"], 0, 0, new List<string>());
        for (var seed = 0; seed < Count && problems.Count < 5; seed++)
        {
            File.WriteAllBytes(path, Damage.Of(corpus[seed % corpus.Length], new(seed)));
            var (begun, memory) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
            try
            {
                using var content = WeightsReading.TryOpen(path);
                foreach (var tensor in content?.Tensors ?? [])
                    tensor.Values.Read(_ => { });
                read += content is null ? 0 : 1;
                refused += content is null ? 1 : 0;
            }
            catch (ZfDeclException error) when (error.Code is "ZF1535" or "ZF1202" or "ZF1144")
            {
                refused++;
            }
            catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
            {
                refused++;          // while values are read: whoever writes them says which file it is
            }
#pragma warning disable CA1031 // Whatever else it throws is what is looked for.
            catch (Exception error)
#pragma warning restore CA1031
            {
                problems.Add($"seed {seed}: {error}");
            }
            if (Stopwatch.GetElapsedTime(begun) > LongestOne || GC.GetAllocatedBytesForCurrentThread() - memory > MostMemory)
                problems.Add($"seed {seed}: {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.0} s, {(GC.GetAllocatedBytesForCurrentThread() - memory) >> 20} MB");
        }
        Assert.True(problems.Count == 0, string.Join("\n", problems));
        Assert.True(read > Count / 20 && refused > Count / 20, $"{read} were read and {refused} refused: the damage is too little, or too much");
    }

    [Fact]
    public void DamagedPrototxtsAreRefusedOrRead()
    {
        var (path, read, refused, problems) = (folder["damaged"], 0, 0, new List<string>());
        for (var seed = 0; seed < Count && problems.Count < 5; seed++)
        {
            File.WriteAllBytes(path, Damage.Of(System.Text.Encoding.ASCII.GetBytes(CaffeTests.Prototxt), new(seed)));
            var begun = Stopwatch.GetTimestamp();
            try
            {
                read += PrototxtImport.TryRead(path, new("Damaged", 32), new SilentLog()) is null ? 0 : 1;
            }
            catch (ZfDeclException error) when (error.Code is "ZF1602" or "ZF1603" or "ZF1605" or "ZF1202" or "ZF1144")
            {
                refused++;
            }
#pragma warning disable CA1031 // Whatever else it throws is what is looked for.
            catch (Exception error)
#pragma warning restore CA1031
            {
                problems.Add($"seed {seed}: {error}");
            }
            if (Stopwatch.GetElapsedTime(begun) > LongestOne)
                problems.Add($"seed {seed}: {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.0} s");
        }
        Assert.True(problems.Count == 0, string.Join("\n", problems));
        Assert.True(read > Count / 60 && refused > Count / 20, $"{read} were read and {refused} refused: the damage is too little, or too much");
    }

    private static byte[] Caffe() => CaffeFile.Of(
        ("conv1", "Convolution", "data", "conv1", [([.. Enumerable.Range(0, 1200).Select(i => i / 7f)], [8, 6, 5, 5]), ([1, 2, 3, 4, 5, 6, 7, 8], [8])]),
        ("bn", "BatchNorm", "conv1", "bn", [([1, 2], [2]), ([1, 2], [2]), ([2], [1])]), ("fc", "InnerProduct", "bn", "fc", [([1, 2, 3, 4], [2, 2])]));

    private byte[] SafeTensors()
    {
        using var values = arange(24, ScalarType.Float32);
        SafeTensorsFile.Write(folder["whole"], new Dictionary<string, Tensor> { ["a.weight"] = values.view(4, 6), ["a.bias"] = values });
        return File.ReadAllBytes(folder["whole"]);
    }

    private byte[] DotNet()
    {
        using var net = nn.Linear(4, 3);
        net.save(folder["whole"]);
        return File.ReadAllBytes(folder["whole"]);
    }
}
