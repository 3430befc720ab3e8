using Google.Protobuf;
using ZfDecl.Interchange.Weights.Proto;

namespace ZfDecl.Interchange.Tests.Weights;

/// <summary>Files as Caffe writes them.</summary>
internal static class CaffeFile
{
    /// <summary>A model with layers of the newer generation.</summary>
    public static byte[] Of(params IEnumerable<(string Name, string Type, string Bottom, string Top, (float[] Values, long[] Shape)[] Blobs)> layers)
    {
        var net = new NetParameter { Name = "net" };
        foreach (var (name, type, bottom, top, blobs) in layers)
        {
            var layer = new LayerParameter { Name = name, Type = type };
            layer.Bottom.Add(bottom);
            layer.Top.Add(top);
            layer.Blobs.AddRange(blobs.Select(blob => Blob(blob.Values, blob.Shape)));
            net.Layer.Add(layer);
        }
        return net.ToByteArray();
    }

    /// <summary>A model with layers of the older generation, whose blobs have four dimensions.</summary>
    public static byte[] OfOlder(params IEnumerable<(string Name, (float[] Values, long[] Shape)[] Blobs)> layers)
    {
        var net = new NetParameter { Name = "net" };
        foreach (var (name, blobs) in layers)
        {
            var layer = new V1LayerParameter { Name = name, Type = 4 };
            foreach (var (values, shape) in blobs)
            {
                long[] four = [.. Enumerable.Repeat(1L, 4 - shape.Length), .. shape];
                var blob = new BlobProto { Num = four[0], Channels = four[1], Height = four[2], Width = four[3] };
                blob.Data.AddRange(values);
                layer.Blobs.Add(blob);
            }
            net.Layers.Add(layer);
        }
        return net.ToByteArray();
    }

    public static BlobProto Blob(float[] values, params long[] shape)
    {
        var blob = new BlobProto { Shape = new() };
        blob.Shape.Dim.AddRange(shape);
        blob.Data.AddRange(values);
        return blob;
    }
}
