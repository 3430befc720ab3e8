using System.IO.Compression;
using System.Runtime.InteropServices;
using ZfDecl.Files;
using ZfDecl.Interchange.Tests.Exports;
using ZfDecl.Interchange.Weights;
using ZfDecl.Messages;
using static TorchSharp.torch;

namespace ZfDecl.Interchange.Tests.Weights;

/// <summary>Files of weights, each in every form that others write.</summary>
public sealed class WeightsReadingTests : IDisposable
{
    private static readonly float[] Matrix = [1.5f, -2, 3, 0.25f, 5, -6];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void EveryFormIsKnownByItsContent()
    {
        var file = TorchFile.Of(("conv1.weight", Matrix, [2, 3]), ("conv1.bias", [7, 8], [2]));
        Check(file.ToZip(), "PyTorch");
        Check(file.ToZip(CompressionLevel.SmallestSize), "PyTorch");
        Check(file.ToLegacy(), "PyTorch before 1.6");
        using (var weight = tensor(Matrix, [2, 3]))
        using (var bias = tensor(new float[] { 7, 8 }))
        using (var stream = new MemoryStream())
        {
            SafeTensorsFile.Write(folder["w.safetensors"], new Dictionary<string, Tensor> { ["conv1.weight"] = weight, ["conv1.bias"] = bias });
            using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true))
                TorchSharpFile(writer, ("conv1.weight", weight), ("conv1.bias", bias));
            Check(stream.ToArray(), "TorchSharp");
        }
        Check(File.ReadAllBytes(folder["w.safetensors"]), "safetensors");

        void Check(byte[] bytes, string format)
        {
            using var content = Open(bytes)!;
            Assert.Equal(format, content.Format);
            Assert.Equal(Matrix, content.Tensors.Single(tensor => tensor.Name == "conv1.weight").Values.ToArray());
            Assert.Equal([2, 3], content.Tensors.Single(tensor => tensor.Name == "conv1.weight").Values.Shape);
            Assert.Equal([7, 8], content.Tensors.Single(tensor => tensor.Name == "conv1.bias").Values.ToArray());
        }
    }

    [Fact]
    public void WhatTorchSharpSavesIsRead()
    {
        using var net = TorchSharp.torch.nn.Linear(3, 2);
        net.save(folder["net.dat"]);
        using var content = Open(File.ReadAllBytes(folder["net.dat"]))!;
        Assert.Equal(["bias", "weight"], content.Tensors.Select(tensor => tensor.Name).Order());
        Assert.Equal(net.weight.data<float>().ToArray(), content.Tensors.Single(tensor => tensor.Name == "weight").Values.ToArray());
    }

    [Theory]
    [InlineData("Half", 2)]
    [InlineData("BFloat16", 2)]
    [InlineData("Double", 8)]
    [InlineData("Long", 8)]
    public void OtherNumbersAreConverted(string kind, int size)
    {
        byte[] bytes = kind switch
        {
            "Half" => MemoryMarshal.AsBytes<Half>([(Half)1.5f, (Half)(-2)]).ToArray(),
            "BFloat16" => [0xc0, 0x3f, 0x00, 0xc0],
            "Double" => MemoryMarshal.AsBytes<double>([1.5, -2]).ToArray(),
            _ => MemoryMarshal.AsBytes<long>([1, -2]).ToArray(),
        };
        Assert.Equal(2 * size, bytes.Length);
        var file = new TorchFile();
        file.Begin().Dictionary(() => file.Text("a").Tensor(kind, bytes, 2, [2])).Op('.');
        foreach (var form in new[] { file.ToZip(), file.ToLegacy() })
        {
            using var content = Open(form)!;
            Assert.Equal([kind == "Long" ? 1 : 1.5f, -2], content.Tensors[0].Values.ToArray());
        }
    }

    [Fact]
    public void ATransposedViewIsReadInItsOwnOrder()
    {
        var file = new TorchFile();
        file.Begin().Dictionary(() => file.Text("a").Tensor("Float", MemoryMarshal.AsBytes<float>([9, .. Matrix]).ToArray(), 7, [2, 3], stride: [1, 2], offset: 1)).Op('.');
        foreach (var form in new[] { file.ToZip(), file.ToLegacy() })
        {
            using var content = Open(form)!;
            Assert.Equal([1.5f, 3, 5, -2, 0.25f, -6], content.Tensors[0].Values.ToArray());
        }
    }

    [Fact]
    public void TheWeightsAreFoundAmongWhatATrainingHasSaved()
    {
        var file = new TorchFile();
        file.Begin().Dictionary(() =>
        {
            file.Text("epoch").Number(3).Text("best").Tensor("Float", new byte[4], 1, []);
            file.Text("state_dict").Dictionary(() => file.Text("module.a.weight").Tensor("Float", new byte[8], 2, [2]).Text("module.a.bias").Tensor("Float", new byte[8], 2, [2]));
            file.Text("optimizer").Dictionary(() => file.Text("m1").Tensor("Float", new byte[4], 1, [1]).Text("m2").Tensor("Float", new byte[4], 1, [1]).Text("m3").Tensor("Float", new byte[4], 1, [1]));
        }).Op('.');
        using var content = Open(file.ToZip())!;
        Assert.Equal(["module.a.weight", "module.a.bias"], content.Tensors.Select(tensor => tensor.Name));
    }

    [Theory]
    [InlineData("posix", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("torchvision.models.resnet", "ResNet")]
    [InlineData("torch.hub", "load")]
    [InlineData("argparse", "Namespace")]
    public void APickleThatAsksForMoreThanDataIsRefused(string module, string name)
    {
        var file = new TorchFile();
        file.Begin().Dictionary(() => file.Text("a").Tensor("Float", new byte[4], 1, [1]).Text("b").Global(module, name).Op('(').Text("touch owned").Op('t', 'R')).Op('.');
        foreach (var form in new[] { file.ToZip(), file.ToLegacy() })
        {
            var refusal = Refusal(form);
            Assert.Equal("ZF1535", refusal.Code);
            Assert.Contains($"it would call {module}.{name}, which no plain data needs; nothing was run", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ATensorBeyondItsStorageIsRefused()
    {
        foreach (var (shape, stride, offset) in ((long[], long[]?, long)[])[([3], null, 0), ([2], null, 1), ([2, 2], [1, 2], 0), ([1 << 30], [0], 0), ([2], [2], 0)])
        {
            var file = new TorchFile();
            file.Begin().Dictionary(() => file.Text("a").Tensor("Float", new byte[8], 2, shape, stride, offset)).Op('.');
            Assert.Equal("ZF1535", Refusal(file.ToZip()).Code);
            Assert.Equal("ZF1535", Refusal(file.ToLegacy()).Code);
        }
    }

    [Fact]
    public void AStorageOfMoreValuesThanThereAreBytesIsRefused()
    {
        var file = TorchFile.Of(("a.weight", Matrix, [2, 3]));
        var whole = file.ToLegacy();
        var at = whole.AsSpan().LastIndexOf(BitConverter.GetBytes(6L));
        BitConverter.GetBytes(long.MaxValue / 2).CopyTo(whole, at);
        Assert.Equal("ZF1535", Refusal(whole).Code);
    }

    [Fact]
    public void TheAverageOfATrainingIsReadWhereItIsAllThereIs()
    {
        var file = new TorchFile();
        file.Begin().Dictionary(() => file.Text("ema").Dictionary(() => file.Text("a.weight").Tensor("Float", new byte[8], 2, [2]))).Op('.');
        using var content = Open(file.ToZip())!;
        Assert.Equal("a.weight", Assert.Single(content.Tensors).Name);
    }

    [Fact]
    public void ADictionaryThatHoldsItselfHasAnEnd()
    {
        var file = new TorchFile();
        file.Begin().Op('}', 'q', '\x00', '(').Text("a").Op('h', '\x00', 'u', '.');
        Assert.Equal("ZF1535", Refusal(file.ToZip()).Code);
    }

    [Fact]
    public void OtherFilesAreNone()
    {
        Assert.Null(Open("only text\n"u8.ToArray()));
        Assert.Null(Open([0x08, 0x08, 0x12, 0x07]));
        Assert.Equal("ZF1535", Refusal([0x80, 2, (byte)'N', (byte)'.']).Code);
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
            archive.CreateEntry("config.json").Open().Dispose();
        Assert.Contains("Keras", Refusal(zip.ToArray()).Message, StringComparison.Ordinal);
    }

    [TorchFact]
    public void WhatPyTorchItselfSavesIsRead()
    {
        TorchFactAttribute.Run(folder.Path, """
            import torch
            net = torch.nn.Sequential(torch.nn.Conv2d(2, 3, 3), torch.nn.BatchNorm2d(3))
            for parameter in net.state_dict().values():
                if parameter.dtype.is_floating_point:
                    parameter.copy_(torch.arange(parameter.numel()).reshape(parameter.shape) / 4)
            torch.save(net.state_dict(), "new.pth")
            torch.save(net.state_dict(), "old.pth", _use_new_zipfile_serialization=False)
            torch.save({"model": net.half().state_dict(), "epoch": 7, "optimizer": torch.optim.SGD(net.parameters(), 0.1, momentum=0.9).state_dict()}, "half.pth")
            """);
        foreach (var name in new[] { "new.pth", "old.pth", "half.pth" })
        {
            using var content = WeightsReading.TryOpen(folder[name])!;
            Assert.Equal(["0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var", "1.num_batches_tracked"], content.Tensors.Select(tensor => tensor.Name));
            Assert.Equal([.. Enumerable.Range(0, 54).Select(i => i / 4f)], content.Tensors[0].Values.ToArray());
        }
    }

    private WeightsContent? Open(byte[] bytes)
    {
        File.WriteAllBytes(folder["weights"], bytes);
        return WeightsReading.TryOpen(folder["weights"]);
    }

    private ZfDeclException Refusal(byte[] bytes) => Assert.Throws<ZfDeclException>(() => Open(bytes)?.Dispose());

    /// <summary>As TorchSharp's <c>Module.save</c> lays tensors out.</summary>
    private static void TorchSharpFile(BinaryWriter writer, params (string Name, Tensor Tensor)[] tensors)
    {
        writer.Write7BitEncodedInt(tensors.Length);
        foreach (var (name, tensor) in tensors)
        {
            writer.Write(name);
            writer.Write7BitEncodedInt((int)tensor.dtype);
            writer.Write7BitEncodedInt(tensor.shape.Length);
            foreach (var side in tensor.shape)
                writer.Write7BitEncodedInt64(side);
            writer.Write(tensor.bytes);
        }
    }
}
