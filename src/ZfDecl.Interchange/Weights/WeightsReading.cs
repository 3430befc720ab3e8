using Microsoft.Win32.SafeHandles;
using ZfDecl.Files;
using ZfDecl.Messages;

namespace ZfDecl.Interchange.Weights;

/// <summary>Opens a file of weights, known by its content and not by its name. Nothing in it is executed.</summary>
internal static class WeightsReading
{
    private const int Looked = 16;

    /// <summary>The weights of a file.</summary>
    /// <returns>Null where it is of another kind, such as a model; the caller disposes it.</returns>
    /// <exception cref="ZfDeclException">ZF1535: it is damaged, or asks for more than numbers; ZF1202: it cannot be read; ZF1144: it is empty, or no regular file.</exception>
    public static WeightsContent? TryOpen(string path)
    {
        FileStream? stream = null;
        SafeFileHandle? handle = null;
        WeightsContent? content = null;
        try
        {
            stream = RegularFile.OpenInput(path, long.MaxValue);
            var start = new byte[Looked];
            start = start[..stream.ReadAtLeast(start, Looked, throwOnEndOfStream: false)];
            stream.Position = 0;
            if (TorchWeights.IsZip(start))
                return content = TorchWeights.ReadZip(stream);
            handle = File.OpenHandle(path);
            if (SafeTensorsWeights.Is(start))
                return content = SafeTensorsWeights.Read(path, handle);
            if (TorchWeights.IsLegacy(start))
                return content = TorchWeights.ReadLegacy(stream, handle);
            if (start is [0x80, >= 2 and <= 5, ..])
                throw new InvalidDataException("it is a pickle, but none that 'torch.save' writes");
            if (TorchSharpWeights.TryRead(stream, handle) is { } saved)
                return content = saved;
            stream.Position = 0;
            return content = CaffeWeights.TryRead(stream, handle);
        }
        catch (Exception cause) when (cause is InvalidDataException or EndOfStreamException or NotSupportedException || (cause as ZfDeclException)?.Code == "ZF1201")
        {
            throw Damaged(path, cause);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.CannotRead(path, cause, "name another file");
        }
        finally
        {
            if (content is null)
                handle?.Dispose();
            if (content is null || handle is not null)
                stream?.Dispose();
        }
    }

    /// <summary>A file that is no whole file of weights.</summary>
    public static ZfDeclException Damaged(string path, Exception cause) =>
        new("ZF1535", $"'{path}' cannot be read as weights: {(cause is ZfDeclException ? cause.Message.Split(": ", 2)[^1].Split(". Make it again", 2)[0] : cause.Message)}. Save it again, 'state_dict()' of a network of PyTorch, or copy it again from where it came from", path, cause);
}
