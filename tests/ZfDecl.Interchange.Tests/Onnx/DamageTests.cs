using System.Diagnostics;
using ZfDecl.Interchange.Exports.Onnx;
using ZfDecl.Interchange.Onnx;
using ZfDecl.Interchange.Tests.Exports;
using ZfDecl.Messages;

namespace ZfDecl.Interchange.Tests.Onnx;

/// <summary>Models with damaged bytes are refused with a code, or are models still: nothing crashes, hangs or takes memory. ZFDECL_DAMAGED asks for more of them.</summary>
public class DamageTests
{
    private static readonly int Count = int.Parse(Environment.GetEnvironmentVariable("ZFDECL_DAMAGED") ?? "3000", System.Globalization.CultureInfo.InvariantCulture);
    private static readonly TimeSpan LongestOne = TimeSpan.FromSeconds(10);
    private const long MostMemory = 256L << 20;

    [Fact]
    public void DamagedModelsAreRefusedOrRead()
    {
        using var folder = new TemporaryFolder();
        var corpus = Enumerable.Range(0, RandomNodes.Kinds.Count).Select(seed => new RandomNodes(seed).Next().Model).Concat(Exports(folder)).ToArray();
        var (path, read, refused, problems) = (folder["damaged.onnx"], 0, 0, new List<string>());
        for (var seed = 0; seed < Count && problems.Count < 5; seed++)
        {
            var bytes = Damage.Of(corpus[seed % corpus.Length], new(seed));
            File.WriteAllBytes(path, bytes);
            var (begun, memory) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
            try
            {
                using var file = OnnxFile.Open(path);
                var network = OnnxImport.Read(path, file, new("Damaged", 32), null, new SilentLog());
                foreach (var (_, values) in network.Weights)
                    values.Read(_ => { });
                read++;
            }
            catch (ZfDeclException error) when (error.Code is "ZF1602" or "ZF1603" or "ZF1604" or "ZF1605" or "ZF1202" or "ZF1220")
            {
                refused++;
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

    /// <summary>Models that state their spec, which is read too.</summary>
    private static IEnumerable<byte[]> Exports(TemporaryFolder folder)
    {
        foreach (var entry in ExportNetworks.Compiled.Where(entry => entry.Info.Name is "Gated" or "Units" or "Form18"))
        {
            using var net = Exported.Create(entry);
            OnnxExport.Write(Exported.Of(net), folder["whole.onnx"], 17, inGraph: entry.Info.Name == "Gated");
            yield return File.ReadAllBytes(folder["whole.onnx"]);
        }
    }
}
