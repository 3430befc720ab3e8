using Google.Protobuf;
using ZfDecl.Generators.Model;
using ZfDecl.Interchange.Caffe;
using ZfDecl.Interchange.Specs;
using ZfDecl.Interchange.Weights;
using ZfDecl.Messages;

namespace ZfDecl.Interchange.Tests.Weights;

/// <summary>What Caffe leaves: networks as texts, weights, and mean images.</summary>
public sealed class CaffeTests : IDisposable
{
    internal const string Prototxt = """
        name: "CaffeNet"   # as a deploy.prototxt has it
        input: "data"
        input_dim: 10
        input_dim: 3
        input_dim: 31
        input_dim: 29
        layer { name: "conv1" type: "Convolution" bottom: "data" top: "conv1" convolution_param { num_output: 8 kernel_size: 5 stride: 2 pad: 1 weight_filler { type: 'gaussian' std: 0.01 } } }
        layer { name: "relu1" type: "ReLU" bottom: "conv1" top: "conv1" }
        layer { name: "pool1" type: "Pooling" bottom: "conv1" top: "pool1" pooling_param { pool: MAX kernel_size: 3 stride: 2 } }
        layer { name: "norm1" type: "LRN" bottom: "pool1" top: "norm1" lrn_param { local_size: 5 alpha: 0.0001 beta: 0.75 } }
        layer { name: "conv2" type: "Convolution" bottom: "norm1" top: "conv2" convolution_param { num_output: 8 kernel_h: 3 kernel_w: 1 group: 2 bias_term: false pad_h: 1 pad_w: 0 } }
        layer { name: "bn2" type: "BatchNorm" bottom: "conv2" top: "conv2" batch_norm_param { use_global_stats: true eps: 0.0001 } }
        layer { name: "scale2" type: "Scale" bottom: "conv2" top: "conv2" scale_param { bias_term: true } }
        layer { name: "sum" type: "Eltwise" bottom: "conv2" bottom: "norm1" top: "sum" }
        layer { name: "both" type: "Concat" bottom: "sum" bottom: "pool1" top: "both" }
        layer { name: "mean" type: "Pooling" bottom: "both" top: "mean" pooling_param { pool: AVE global_pooling: true } }
        layer { name: "drop" type: "Dropout" bottom: "mean" top: "mean" dropout_param { dropout_ratio: 0.4 } }
        layer { name: "fc8" type: "InnerProduct" bottom: "mean" top: "fc8" inner_product_param { num_output: 7 } }
        layer { name: "loss" type: "SoftmaxWithLoss" bottom: "fc8" bottom: "label" top: "loss" include { phase: TRAIN } }
        layer { name: "prob" type: "Softmax" bottom: "fc8" top: "prob" }
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void APrototxtBecomesASpec()
    {
        var network = Read(Prototxt);
        var layers = network.Resolved.Network.Layers;
        Assert.Equal(["conv1", "relu1", "pool1", "norm1", "conv2", "bn2", "sum", "both", "mean", "drop", "flatten", "fc8", "prob"], layers.Select(layer => layer.Name));
        Assert.Equal(new Shape(8, 7, 7), layers[2].Output);        // (31 + 2 − 5) / 2 + 1 = 15 rows, 14 columns; pooled to 7 and, rounded up, 7
        Assert.Equal(7, network.Classes);
        Assert.Contains("- { conv: conv2, maps: 8, kernel: [3, 1], padding: [1, 0], groups: 2, bias: false }", network.Spec, StringComparison.Ordinal);
        Assert.Contains("- { batchnorm: bn2, momentum: 0.001, epsilon: 0.0001 }", network.Spec, StringComparison.Ordinal);
        Assert.Contains("- { add: sum, from: [bn2, norm1] }", network.Spec, StringComparison.Ordinal);
        Assert.Contains("preprocess: { channels: bgr, subtract: none, divide: 1 }", network.Spec, StringComparison.Ordinal);
    }

    [Fact]
    public void TheOlderGenerationIsReadTheSame()
    {
        var newer = Read("""
            input: "data" input_shape { dim: 1 dim: 3 dim: 9 dim: 9 }
            layer { name: "conv1" type: "Convolution" bottom: "data" top: "c" convolution_param { num_output: 4 kernel_size: 3 } }
            layer { name: "fc" type: "InnerProduct" bottom: "c" top: "fc" inner_product_param { num_output: 3 } }
            """);
        var older = Read("""
            layers { name: "data" type: DATA top: "data" top: "label" transform_param { crop_size: 9 mean_value: 104 mean_value: 117 mean_value: 123 } }
            layers { name: "conv1" type: CONVOLUTION bottom: "data" top: "c" convolution_param { num_output: 4 kernel_size: 3 } }
            layers { name: "fc" type: INNER_PRODUCT bottom: "c" top: "fc" inner_product_param { num_output: 3 } }
            layers { name: "loss" type: SOFTMAX_LOSS bottom: "fc" bottom: "label" }
            """);
        Assert.Equal(newer.Resolved.Network.Layers, older.Resolved.Network.Layers);
        Assert.Contains("preprocess: { channels: bgr, subtract: channel-mean, divide: 1, mean: [123, 117, 104] }", older.Spec, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ZF1602", "layer { name: \"a\" type: ")]
    [InlineData("ZF1602", "layer { name: \"a\" type: \"Convolution\" bottom: \"nowhere\" top: \"a\" convolution_param { num_output: 4 kernel_size: 3 } }")]
    [InlineData("ZF1602", "input: \"data\" layer { name: \"a\" type: \"Convolution\" bottom: \"data\" top: \"a\" convolution_param { num_output: 4 kernel_size: 3000 } }")]
    [InlineData("ZF1603", "input: \"data\" layer { name: \"a\" type: \"Deconvolution\" bottom: \"data\" top: \"a\" } layer { name: \"b\" type: \"Crop\" bottom: \"data\" top: \"b\" }")]
    public void WhatCannotBeDeclaredHasACode(string code, string text) => Assert.Equal(code, Assert.Throws<ZfDeclException>(() => Read(text)).Code);

    [Fact]
    public void WeightsOfBothGenerationsAreRead()
    {
        float[] filters = [.. Enumerable.Range(0, 2048).Select(i => i / 8f)];       // as many as stay in the file until they are read
        using (var newer = Open(CaffeFile.Of(("conv1", "Convolution", "data", "conv1", [(filters, [8, 4, 8, 8]), ([1, 2, 3, 4, 5, 6, 7, 8], [8])]), ("relu1", "ReLU", "conv1", "conv1", []), ("fc", "InnerProduct", "conv1", "fc", [([1, 2, 3, 4, 5, 6], [2, 3])]))))
        {
            Assert.Equal("Caffe", newer.Format);
            Assert.Equal(["conv1.weight", "conv1.bias", "fc.weight"], newer.Tensors.Select(tensor => tensor.Name));
            Assert.Equal(filters, newer.Tensors[0].Values.ToArray());
        }
        using var older = Open(CaffeFile.OfOlder(("conv1", [(filters, [8, 4, 8, 8]), ([1, 2, 3, 4, 5, 6, 7, 8], [8])])));
        Assert.Equal([1, 1, 1, 8], older.Tensors[1].Values.Shape);
        Assert.Equal(filters, older.Tensors[0].Values.ToArray());
    }

    [Fact]
    public void GradientsBesideWeightsArePassedOver()
    {
        float[] filters = [.. Enumerable.Range(0, 2048).Select(i => i / 8f)];
        // Field 6, packed: as many floats again.
        byte[] bytes = [.. CaffeFile.Blob(filters, 2048).ToByteArray(), 0x32, 0x80, 0x40, .. new byte[8192]];
        var net = new Interchange.Weights.Proto.NetParameter();
        net.Layer.Add(new Interchange.Weights.Proto.LayerParameter { Name = "scale1", Type = "Scale", Blobs = { Interchange.Weights.Proto.BlobProto.Parser.ParseFrom(bytes) } });
        using var content = Open(net.ToByteArray());
        Assert.Equal(filters, Assert.Single(content.Tensors).Values.ToArray());
    }

    [Fact]
    public void ANormalisationInTwoLayersIsOne()
    {
        using var content = Open(CaffeFile.Of(
            ("bn", "BatchNorm", "x", "y", [([2, 4], [2]), ([8, 16], [2]), ([2], [1])]), ("scale", "Scale", "y", "y", [([5, 6], [2]), ([7, 8], [2])]),
            ("bn2", "BatchNorm", "y", "z", [([3, 3], [2]), ([9, 9], [2]), ([3], [1])])));
        var values = content.Tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Values.ToArray());
        Assert.Equal([1, 2], values["bn.running_mean"]);
        Assert.Equal([4, 8], values["bn.running_var"]);
        Assert.Equal([5, 6], values["bn.weight"]);
        Assert.Equal([7, 8], values["bn.bias"]);
        Assert.Equal([1, 1], values["bn2.weight"]);
        Assert.Equal([3, 3], values["bn2.running_var"]);
        Assert.DoesNotContain("scale.weight", values.Keys);
    }

    [Fact]
    public void AMeanImageIsCroppedAndTurnedToRedFirst()
    {
        File.WriteAllBytes(folder["mean.binaryproto"], CaffeFile.Blob([.. Enumerable.Range(0, 48).Select(i => (float)i)], 1, 3, 4, 4).ToByteArray());
        var statistics = MeanImage.Read(folder["mean.binaryproto"], new(3, 2, 2));
        Assert.Equal([37, 38, 41, 42, 21, 22, 25, 26, 5, 6, 9, 10], statistics.Mean);
        Assert.Equal([39.5f, 23.5f, 7.5f], statistics.ChannelMean);
        Assert.Equal("ZF1539", Assert.Throws<ZfDeclException>(() => MeanImage.Read(folder["mean.binaryproto"], new(3, 5, 5))).Code);
        File.WriteAllText(folder["mean.binaryproto"], "no blob");
        Assert.Equal("ZF1539", Assert.Throws<ZfDeclException>(() => MeanImage.Read(folder["mean.binaryproto"], new(3, 2, 2))).Code);
    }

    private ImportedNetwork Read(string text)
    {
        File.WriteAllText(folder["net.prototxt"], text);
        return PrototxtImport.TryRead(folder["net.prototxt"], new("CaffeNetwork", 32), new SilentLog())!;
    }

    private WeightsContent Open(byte[] bytes)
    {
        File.WriteAllBytes(folder["net.caffemodel"], bytes);
        return WeightsReading.TryOpen(folder["net.caffemodel"])!;
    }
}
