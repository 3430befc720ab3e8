using ZfDecl.Files;
using ZfDecl.Messages;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Analyses.Predict;

/// <summary>Images in a safetensors file as a network takes them, the tensor <see cref="Name"/>: read one at a time, the others stay on disk.</summary>
internal sealed class PreprocessedImages : IDisposable
{
    /// <summary>The name of the tensor: [N, C, H, W], float32.</summary>
    public const string Name = "input";

    private const int NamesShown = 5;

    private readonly string path;
    private readonly FileStream stream;
    private readonly SafeTensorsHeader header;
    private readonly SafeTensorsHeader.Entry input;

    /// <summary>Opens a file, and checks all of its header.</summary>
    /// <param name="path">The file.</param>
    /// <param name="info">The network.</param>
    /// <exception cref="ZfDeclException">ZF1512: the tensor is not there, or not what the network takes; ZF1201: the file is malformed; ZF1144, ZF1202: it cannot be read.</exception>
    public PreprocessedImages(string path, NetworkInfo info)
    {
        this.path = path;
        try
        {
            stream = RegularFile.OpenInput(path, long.MaxValue);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw CannotRead(cause);
        }
        try
        {
            header = SafeTensorsHeader.Parse(Bytes, stream.Length, path);
            input = Checked(info);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>How many images there are; at least 1.</summary>
    public int Count => (int)input.Shape[0];

    /// <summary>Reads an image.</summary>
    /// <param name="index">0 … <see cref="Count"/> − 1.</param>
    /// <returns>[1, C, H, W], float32, finite, on the CPU; the caller's dispose scope frees it.</returns>
    /// <exception cref="ZfDeclException">ZF1512: it holds NaN or infinite values; ZF1202: the file cannot be read any more.</exception>
    public Tensor Read(int index)
    {
        var image = empty([1, .. input.Shape.AsSpan(1)], ScalarType.Float32);
        var bytes = image.bytes;
        Fill(header.DataStart + input.Begin + ((long)index * bytes.Length), bytes);
        GC.KeepAlive(image);
        using var finite = image.isfinite().all();
        return finite.item<bool>() ? image
            : throw new ZfDeclException("ZF1512", $"image {index} of '{Name}' holds NaN or infinite values, and the network takes finite ones; look at what has preprocessed it", path);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => stream.Dispose();

    private SafeTensorsHeader.Entry Checked(NetworkInfo info)
    {
        var wanted = info.Input;
        var shape = FormattableString.Invariant($"[N, {wanted.Maps}, {wanted.Height}, {wanted.Width}]");
        if (header.Entries.FirstOrDefault(entry => entry.Name == Name) is not { } found)
            throw new ZfDeclException("ZF1512", $"the file has no tensor '{Name}'; it has {(header.Entries.Count == 0 ? "none" : string.Join(", ", header.Entries.Take(NamesShown).Select(entry => $"'{entry.Name}'")))}. Save the preprocessed images as '{Name}', float32, {shape}", path);
        if (found.Type != ScalarType.Float32)
            throw new ZfDeclException("ZF1512", $"'{Name}' is of type {found.Type}, and the network takes float32 (F32): convert it, for example with numpy's astype(\"float32\")", path);
        if (found.Shape is not [> 0, var maps, var height, var width] || (maps, height, width) != (wanted.Maps, wanted.Height, wanted.Width))
            throw new ZfDeclException("ZF1512", $"'{Name}' is [{string.Join(", ", found.Shape)}]; '{info.Name}' takes {shape}, at least one image: preprocess the images for this network, the channels before rows and columns", path);
        return found;
    }

    private byte[] Bytes(long start, int count)
    {
        var bytes = new byte[count];
        Fill(start, bytes);
        return bytes;
    }

    private void Fill(long start, Span<byte> bytes)
    {
        try
        {
            stream.Position = start;
            stream.ReadExactly(bytes);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw CannotRead(cause);
        }
    }

    private ZfDeclException CannotRead(Exception cause) => FileFailure.CannotRead(path, cause, "write the file again");
}
