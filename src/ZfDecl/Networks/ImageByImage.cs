using static TorchSharp.torch;

namespace ZfDecl.Networks;

/// <summary>
/// Each image of a batch by itself, so that its values are the same to the bit whatever it is together with. libtorch has several convolutions and matrix
/// products, which add up in different orders, and chooses by the size of the batch; the last elements of a tensor it computes otherwise than whole vectors of
/// them. Where units tie but for that, as in a flat area, another batch would have other switches, and another projection.
/// </summary>
/// <remarks>The same calls on tensors of the same shape, layout and alignment: on one machine, with one number of threads, they yield the same bits.</remarks>
public static class ImageByImage
{
    /// <summary>Records images one after the other.</summary>
    /// <param name="images">[N, channels, height, width].</param>
    /// <param name="record">Records a batch, of one image here.</param>
    /// <returns>The recording of all of them, which belongs to the current dispose scope or to the caller.</returns>
    public static T Record<T>(Tensor images, Func<Tensor, T> record) where T : Recording
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var joined = (T)Recording.Join(images, [.. Of(images).Select(record)]);
        joined.MoveToOuterDisposeScope();
        return joined;
    }

    /// <summary>The images apart, each in row-major memory of its own.</summary>
    /// <param name="images">[N, channels, height, width].</param>
    /// <returns>N tensors [1, channels, height, width], for the current dispose scope to free; of an empty batch, itself.</returns>
    internal static Tensor[] Of(Tensor images) => images.shape[0] == 0 ? [images.alias()] : [.. Enumerable.Range(0, (int)images.shape[0]).Select(i => Alone(images, i))];

    /// <summary>The tensors of single images as one.</summary>
    /// <param name="apart">N tensors [1, …].</param>
    /// <returns>[N, …]; the caller disposes it.</returns>
    internal static Tensor Together(IReadOnlyList<Tensor> apart) => apart.Count == 1 ? apart[0].alias() : cat([.. apart]);

    private static Tensor Alone(Tensor images, int index)
    {
        using var image = images.narrow(0, index, 1);
        return empty(image.shape, image.dtype, image.device).copy_(image);
    }
}
