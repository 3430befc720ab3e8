using ZfDecl.Models;
using ZfDecl.Networks;
using ZfDecl.Runs;

namespace ZfDecl.Tests.Runs;

/// <summary>What <c>network.json</c> says of a layer, now and as versions before this one wrote it.</summary>
public sealed class NetworkRecordTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ARecordWithoutTheFactsOfItsLayersIsRead()
    {
        File.WriteAllText(Path.Combine(folder.Path, "network.json"), """
            {
              "name": "Small", "summary": "", "spec_hash": "5", "input": { "maps": 1, "height": 8, "width": 8 }, "classes": 3,
              "layers": [
                {
                  "index": 0, "name": "conv1", "kind": "conv", "output": { "maps": 4, "height": 8, "width": 8 },
                  "receptive_field": { "height": 3, "width": 3, "stride_y": 1, "stride_x": 1, "offset_y": -1, "offset_x": -1 },
                  "parameters": 40, "multiply_adds": 2304, "rectified_by": 1,
                  "window": { "kernel_height": 3, "kernel_width": 3, "stride_y": 1, "stride_x": 1, "padding_y": 1, "padding_x": 1, "dilation_y": 1, "dilation_x": 1 },
                  "groups": 1, "counts_padding": true, "initial_std": null, "initial_bias": 0
                }
              ]
            }
            """);
        var layer = Assert.Single(NetworkRecord.Read(folder.Path)!.Layers);
        Assert.Equal(new(0, "conv1", "conv", new(4, 8, 8), new(3, 3, 1, 1, -1, -1), 40, 2304, 1) { Window = new(3, 3, 1, 1, 1, 1, 1, 1) }, layer);
    }

    [Fact]
    public void TheFactsAreWordsAndTheKindStays()
    {
        NetworkRecord.Of(Fashion.Declaration, 10).Write(folder.Path);
        var text = File.ReadAllText(Path.Combine(folder.Path, "network.json"));
        Assert.Contains("\"kind\": \"maxpool\"", text, StringComparison.Ordinal);
        Assert.Contains("\"role\": \"max_pooling\"", text, StringComparison.Ordinal);
        Assert.Contains("\"backward\": \"transposed_filters\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void InputsAreEqualWhereTheirIndicesAre()
    {
        LayerInputs one = [0, 3], same = [0, 3], other = [3, 0];
        Assert.True(one == same && one != other && one.GetHashCode() == same.GetHashCode());
        Assert.Equal("[0, 3]", one.ToString());
        Assert.Equal(default, (LayerInputs)[]);
    }
}
