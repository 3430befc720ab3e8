using ZfDecl.Files;
using ZfDecl.Interchange.Onnx;
using ZfDecl.Interchange.Onnx.Nodes;
using ZfDecl.Interchange.Runs;
using ZfDecl.Interchange.Specs;
using ZfDecl.Messages;

namespace ZfDecl.Interchange;

/// <summary>A file with a network that another program has written, known by its content and not by its name.</summary>
internal sealed class ModelFile : IDisposable
{
    private const int Looked = 16;

    private readonly string path;
    private readonly OnnxFile onnx;

    private ModelFile(string path, OnnxFile onnx) => (this.path, this.onnx) = (path, onnx);

    /// <summary>Opens a file.</summary>
    /// <exception cref="ZfDeclException">ZF1601: there is none, or it holds no network; ZF1602: it is damaged; ZF1202: it cannot be read.</exception>
    public static ModelFile Open(string path)
    {
        if (!File.Exists(path))
            throw new ZfDeclException("ZF1601", $"there is no file '{path}'{(Directory.Exists(path) ? ": it is a folder; name the file in it" : "")}", path);
        if (OtherKind(path) is { } kind)
            throw new ZfDeclException("ZF1601", $"'{path}' is {kind}, which holds weights and no network. Name the declared network that they are of with `spec`, or export the network as an ONNX model, and import that", path);
        return new(path, OnnxFile.Open(path));
    }

    /// <summary>Reads the network.</summary>
    /// <exception cref="ZfDeclException">ZF1602, ZF1604: it is damaged; ZF1603, ZF1605: it cannot be declared.</exception>
    public ImportedNetwork Read(ImportRequest request, IRunLog log) => OnnxImport.Read(path, onnx, request, Preparation(request), log);

    /// <summary>The names of its classes as it states them itself; else numbers.</summary>
    public string[] Labels(ImportedNetwork network) => network.ClassNames ??
        (OnnxImport.Metadata(onnx, ClassLabels.Keys) is { Length: > 0 } stated ? ClassLabels.OfMetadata(stated, network.Classes) : null) ?? ClassLabels.Numbers(network.Classes);

    /// <summary>Closes it; the network's weights can then be read no more.</summary>
    public void Dispose() => onnx.Dispose();

    /// <summary>What the model beside it in a package does to images; null where there is none.</summary>
    private static Preparation? Preparation(ImportRequest request)
    {
        if (request.Package?.Models is not [_, var beside])
            return null;
        using var file = OnnxFile.Open(beside);
        return OnnxImport.ReadPreparation(beside, file, request.Side);
    }

    /// <summary>What a file is that is no model; null where it may be one.</summary>
    private static string? OtherKind(string path)
    {
        try
        {
            using var file = RegularFile.Open(path, long.MaxValue, Path.GetPathRoot(Path.GetFullPath(path)));
            Span<byte> start = stackalloc byte[Looked];
            start = start[..file.ReadAtLeast(start, Looked, throwOnEndOfStream: false)];
            return start switch
            {
                [(byte)'P', (byte)'K', 3, 4, ..] => "a zip archive, as PyTorch's .pth and Keras's .keras files are",
                [0x80, >= 2 and <= 5, ..] => "a pickle, as PyTorch's older files are",
                [_, _, _, _, _, 0, 0, 0, (byte)'{', ..] => "a safetensors file",
                [0x89, (byte)'H', (byte)'D', (byte)'F', ..] => "an HDF5 file, as Keras writes",
                _ => null,
            };
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.CannotRead(path, cause, "name another file");
        }
    }
}
