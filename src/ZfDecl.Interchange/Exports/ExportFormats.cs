namespace ZfDecl.Interchange.Exports;

/// <summary>What a network can be written as.</summary>
internal static class ExportFormats
{
    /// <summary>An ONNX model.</summary>
    public const string Onnx = "onnx";

    /// <summary>A module of PyTorch, with its weights beside it.</summary>
    public const string PyTorch = "pytorch";

    /// <summary>The weights alone.</summary>
    public const string SafeTensors = "safetensors";

    /// <summary>How a file of a format ends.</summary>
    public static string ExtensionOf(string format) => format switch
    {
        Onnx => ".onnx",
        PyTorch => ".py",
        _ => ".safetensors",
    };
}
