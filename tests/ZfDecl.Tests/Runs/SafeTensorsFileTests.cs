using System.Buffers.Binary;
using System.Text;
using ZfDecl.Files;
using ZfDecl.Messages;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Runs;

public sealed class SafeTensorsFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void WhatIsWrittenIsReadBackExactlyWhateverItsTypeOrLayout()
    {
        using var scope = NewDisposeScope();
        var written = new Dictionary<string, Tensor>
        {
            ["floats"] = zeros(3) / linspace(-1, 1, 3),             // -0, NaN, 0
            ["doubles"] = linspace(0, 1, 4, ScalarType.Float64).reshape(2, 2).t(),
            ["longs"] = tensor(long.MinValue).reshape(1, 1),
            ["halves"] = linspace(-2, 2, 7).to(ScalarType.BFloat16),
            ["flags"] = eye(3).to(ScalarType.Bool),
            ["scalar"] = tensor(42),
            ["empty"] = zeros(0, 3),
        };
        SafeTensorsFile.Write(folder["a.safetensors"], written, new Dictionary<string, string> { ["made by"] = "a test" });

        var read = SafeTensorsFile.Read(folder["a.safetensors"]);

        Assert.Equal(written.Keys.Order(), read.Keys.Order());
        foreach (var (name, original) in written)
        {
            Assert.Equal(original.dtype, read[name].dtype);
            Assert.Equal(original.shape, read[name].shape);
            Assert.Equal(original.contiguous().bytes.ToArray(), read[name].bytes.ToArray());
        }
        Assert.Equal([2, 2], SafeTensorsFile.TensorShapes(folder["a.safetensors"])["doubles"]);
    }

    [Fact]
    public void TheFileOfOneSmallTensorIsByteForByteWhatTheFormatSays()
    {
        using var scope = NewDisposeScope();
        SafeTensorsFile.Write(folder["a.safetensors"], [new("w", tensor(new byte[] { 1, 2, 3 }))]);

        // 53 characters of JSON, padded with spaces to the next multiple of 8, then the three bytes.
        var header = """{"w":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}}   """;
        Assert.Equal([.. LittleEndian(56), .. Encoding.ASCII.GetBytes(header), 1, 2, 3], File.ReadAllBytes(folder["a.safetensors"]));
    }

    [Fact]
    public void TheSameTensorsYieldTheSameFileInWhateverOrderTheyCome()
    {
        using var scope = NewDisposeScope();
        var tensors = new KeyValuePair<string, Tensor>[] { new("b", ones(2)), new("a", zeros(3)), new("c", ones(1, ScalarType.Int64)) };
        SafeTensorsFile.Write(folder["1"], tensors);
        SafeTensorsFile.Write(folder["2"], tensors.Reverse());

        Assert.Equal(File.ReadAllBytes(folder["1"]), File.ReadAllBytes(folder["2"]));
    }

    [Theory]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "entry 'w' of shape [2] and dtype F32 takes 8 bytes, but has 4")]
    [InlineData("""{"w":{"dtype":"F31","shape":[1],"data_offsets":[0,4]}}""", 4, "entry 'w' has dtype 'F31'; known are F64")]
    [InlineData("""{"w":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "entry 'w' has 'shape' [-1]; wanted are whole numbers from 0 on")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "entry 'w' has 'shape' [1.5]")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1]}}""", 4, "entry 'w' has no 'data_offsets'")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "entry 'w' has data_offsets [4, 0]")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 3, "entry 'w' ends at byte 4 of the data, of which the file has 3")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 5, "its entries end at byte 4 of the data, of which the file has 5")]
    [InlineData("""{"v":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"w":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""", 6, "entry 'w' begins at byte 2")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "entry 'w' is there 2 times")]
    [InlineData("""{"w":{"dtype":"F32","shape":[4611686018427387904,4,0],"data_offsets":[0,0]}}""", 0, "entry 'w' has shape [4611686018427387904, 4, 0]")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1],"data_offsets":[0,4]}}""", 4, "entry 'w' has 9 dimensions")]
    [InlineData("""{"w":"F32"}""", 0, "entry 'w' is a JSON String")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "'__metadata__' is not an object of strings")]
    [InlineData("""["w"]""", 0, "its header is a JSON Array")]
    [InlineData("""{"w":""", 0, "its header is no valid JSON")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}""", 0, "its header is no valid JSON")]
    public void AMalformedHeaderIsRefusedNamingTheEntry(string header, int dataBytes, string finding)
    {
        var path = folder["bad.safetensors"];
        File.WriteAllBytes(path, [.. LittleEndian(header.Length), .. Encoding.UTF8.GetBytes(header), .. new byte[dataBytes]]);

        var error = Assert.Throws<ZfDeclException>(() => SafeTensorsFile.Read(path));

        Assert.Equal(("ZF1201", path), (error.Code, error.File));
        Assert.Contains(finding, error.Message, StringComparison.Ordinal);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(3)]
    public void AHeaderLengthThatCannotBeIsRefused(long length)
    {
        File.WriteAllBytes(folder["bad"], [.. LittleEndian(length), (byte)'{', (byte)'}']);

        var error = Assert.Throws<ZfDeclException>(() => SafeTensorsFile.Read(folder["bad"]));

        Assert.Contains($"its header claims {(ulong)length} bytes, in a file of 10", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void AFileTooShortForAHeaderIsRefused(int length)
    {
        File.WriteAllBytes(folder["short"], new byte[length]);

        Assert.Equal(length == 0 ? "ZF1220" : "ZF1201", Assert.Throws<ZfDeclException>(() => SafeTensorsFile.Read(folder["short"])).Code);
    }

    [Fact]
    public void AFileThatIsNotThereIsNamed()
    {
        var error = Assert.Throws<ZfDeclException>(() => SafeTensorsFile.Read(folder["none"]));

        Assert.Equal(("ZF1202", folder["none"]), (error.Code, error.File));
    }

    [Fact]
    public void AFileThatCannotBeWrittenIsNamed()
    {
        File.WriteAllText(folder["file"], "");
        var path = Path.Combine(folder["file"], "w.safetensors");

        var error = Assert.Throws<ZfDeclException>(() => SafeTensorsFile.Write(path, []));

        Assert.Equal(("ZF1204", path), (error.Code, error.File));
    }

    [Fact]
    public void FourThousandDamagedFilesAreReadOrRefusedButNothingElseHappens()
    {
        using var scope = NewDisposeScope();
        SafeTensorsFile.Write(folder["good"], [new("conv1.weight", ones(2, 1, 3, 3)), new("conv1.bias", zeros(2)), new("seen", tensor(3L))]);
        var good = File.ReadAllBytes(folder["good"]);
        var random = new Random(2014);
        var (read, refused) = (0, 0);
        for (var i = 0; i < 4000; i++)
        {
            File.WriteAllBytes(folder["damaged"], Damage(good, random));
            try
            {
                using var inner = NewDisposeScope();
                SafeTensorsFile.Read(folder["damaged"]);
                read++;
            }
            catch (ZfDeclException error) when (error.Code == "ZF1201")
            {
                refused++;
            }
        }
        Assert.True(read > 100 && refused > 1000, $"{read} were read and {refused} refused");
    }

    private static byte[] Damage(byte[] good, Random random)
    {
        var bytes = good.ToList();
        for (var wounds = random.Next(1, 4); wounds > 0; wounds--)
        {
            var at = random.Next(random.Next(2) == 0 ? 9 : bytes.Count) % Math.Max(bytes.Count, 1);
            switch (random.Next(5))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: bytes[at] = (byte)"0123456789-[]{}\",:"[random.Next(18)]; break;
                case 3: bytes.Insert(at, (byte)random.Next('0', '9' + 1)); break;
                default: bytes.RemoveRange(at, Math.Min(random.Next(1, 4), bytes.Count - at)); break;
            }
        }
        return [.. bytes];
    }

    private static byte[] LittleEndian(long number)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        return bytes;
    }
}
