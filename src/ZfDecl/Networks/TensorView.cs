using ZfDecl.Networks.Kernels;
using static TorchSharp.torch;

namespace ZfDecl.Networks;

/// <summary>
/// The values of a tensor [N, maps, height, width] where they lie in memory, map after map or pixel after pixel. Valid while the tensor that
/// <see cref="Of"/> is given, and the dispose scope it is called in, live.
/// </summary>
internal readonly unsafe struct TensorView<T> where T : unmanaged
{
    private readonly T* first;
    private readonly long images;       // values from one image to the next

    private TensorView(T* first, long images, nint map, nint pixel)
    {
        this.first = first;
        (this.images, MapStep, PixelStep) = (images, map, pixel);
    }

    /// <summary>Values from one map to the next at the same pixel.</summary>
    public nint MapStep { get; }

    /// <summary>Values from one pixel to the next in the same map, in reading order.</summary>
    public nint PixelStep { get; }

    /// <summary>The first value of an image.</summary>
    public T* this[int image] => first + (image * images);

    /// <summary>Finds the values; copies only where they lie in neither order.</summary>
    /// <param name="maps">[N, maps, height, width] or [N, units], on the CPU; N at least 1.</param>
    public static TensorView<T> Of(Tensor maps)
    {
        var (count, pixels) = ((nint)maps.shape[1], (nint)maps.shape.Skip(2).Aggregate(1L, (product, side) => product * side));
        if (maps.is_contiguous())
            return new(First(maps[0]), count * pixels, pixels, 1);
        var pixelByPixel = maps.dim() == 4 ? maps.permute(0, 2, 3, 1) : maps;
        return pixelByPixel.is_contiguous() ? new(First(pixelByPixel[0]), count * pixels, 1, count) : Of(maps.contiguous());
    }

    /// <summary>Finds the values pixel after pixel; copies where they do not lie so.</summary>
    /// <inheritdoc cref="Of"/>
    public static TensorView<T> PixelByPixel(Tensor maps) => Of(ChannelsLast.Of(maps));

    private static T* First(Tensor image)
    {
        fixed (byte* bytes = image.bytes)
            return (T*)bytes;
    }
}
