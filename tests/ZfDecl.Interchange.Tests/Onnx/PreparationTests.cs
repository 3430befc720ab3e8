namespace ZfDecl.Interchange.Tests.Onnx;

/// <summary>What a graph does to the pixels before its first layer becomes the spec's <c>preprocess</c>, and no layer.</summary>
public class PreparationTests
{
    [Fact]
    public void ChannelsThatAreSwappedAndMeansThatAreSubtracted()
    {
        var model = new ModelWriter(8, 1, 3, 4, 4);
        var parts = model.Nodes("Split", [model.Image], 3, ("axis", 1L), ("split", new long[] { 1, 1, 1 }));
        var x = model.Node("Concat", [parts[2], parts[1], parts[0]], ("axis", 1L));
        x = model.Node("Sub", [x, model.Constant([104, 117, 123.5f], 1, 3, 1, 1)]);
        Assert.Equal("preprocess: { channels: bgr, subtract: channel-mean, divide: 1, mean: [123.5, 117, 104] }", Line(model, x));
    }

    [Fact]
    public void PixelsFromZeroToOne()
    {
        var model = new ModelWriter(13, 1, 3, 4, 4);
        var x = model.Node("Div", [model.Node("Sub", [model.Image, model.Constant([0.5f, 0.4f, 0.2f], 1, 3, 1, 1)]), model.Constant([0.25f, 0.2f, 0.2f], 3, 1, 1)]);
        Assert.Equal("preprocess: { subtract: channel-mean, divide: std, mean: [127.5, 102, 51], std: [63.75, 51, 51] }", Line(model, x));
    }

    [Fact]
    public void AScaleAndAShiftAsKerasWritesThem()
    {
        var model = new ModelWriter(13, 1, 4, 4, 3);
        var x = model.Node("Sub", [model.Node("Mul", [model.Image, model.Constant([1 / 127.5f], 1)]), model.Constant([1f], 1)]);
        Assert.Equal("preprocess: { subtract: channel-mean, divide: 127.5, mean: [127.5, 127.5, 127.5] }", Line(model, model.Node("Transpose", [x], ("perm", new long[] { 0, 3, 1, 2 }))));
    }

    [Fact]
    public void AMeanImage()
    {
        var model = new ModelWriter(8, 1, 3, 4, 4);
        float[] mean = [.. Enumerable.Range(0, 48).Select(i => (float)i)];
        var x = model.Node("Gather", [model.Image, model.Constant(2, 1, 0)], ("axis", 1L));
        model.Yield(Conv(model, model.Node("Sub", [x, model.Constant(mean, 3, 4, 4)])));
        using var folder = new TemporaryFolder();
        var network = Imported.Of(folder, model.ToBytes());
        Assert.Contains("preprocess: { channels: bgr, subtract: pixel-mean, divide: 1 }", network.Spec, StringComparison.Ordinal);
        // The network's first channel is blue; the statistics are in the image's order.
        Assert.Equal((float[])[.. mean[32..], .. mean[16..32], .. mean[..16]], network.Preprocess.MeanImage!);
    }

    [Fact]
    public void TwoWaysToPrepareAnImageAreRefused()
    {
        var model = new ModelWriter(13, 1, 3, 4, 4);
        model.Yield(model.Node("Add", [Conv(model, model.Node("Mul", [model.Image, model.Constant([2f], 1)])), Conv(model, model.Image)]));
        Assert.Equal("ZF1603", Imported.Refusal(model.ToBytes()).Code);
    }

    private static string Conv(ModelWriter model, string x) => model.Node("Conv", [x, model.Constant(new float[6], 2, 3, 1, 1)]);

    private static string Line(ModelWriter model, string x)
    {
        using var folder = new TemporaryFolder();
        return Imported.Of(folder, model.Yield(Conv(model, x)).ToBytes()).Spec.Split('\n').Single(line => line.StartsWith("preprocess", StringComparison.Ordinal));
    }
}
