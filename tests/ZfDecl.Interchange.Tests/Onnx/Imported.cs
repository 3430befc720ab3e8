using ZfDecl.Interchange.Onnx;
using ZfDecl.Interchange.Specs;
using ZfDecl.Messages;

namespace ZfDecl.Interchange.Tests.Onnx;

/// <summary>Models given as bytes, imported.</summary>
internal static class Imported
{
    /// <summary>Imports a model; what of it is read later is read from a file that is deleted with the folder.</summary>
    public static ImportedNetwork Of(TemporaryFolder folder, byte[] model, string name = "Imported")
    {
        var path = folder[$"{name}.onnx"];
        File.WriteAllBytes(path, model);
        return OfFile(path, name);
    }

    public static ImportedNetwork OfFile(string path, string name = "Imported", IRunLog? log = null) => OnnxImport.Read(path, OnnxFile.Open(path), new(name, 32), before: null, log ?? new SilentLog());

    /// <summary>Why a model is not imported.</summary>
    public static ZfDeclException Refusal(byte[] model)
    {
        using var folder = new TemporaryFolder();
        var path = folder["refused.onnx"];
        File.WriteAllBytes(path, model);
        return Assert.Throws<ZfDeclException>(() =>
        {
            using var file = OnnxFile.Open(path);
            var network = OnnxImport.Read(path, file, new("Refused", 32), null, new SilentLog());
            foreach (var (_, values) in network.Weights)
                values.Read(_ => { });
        });
    }
}
