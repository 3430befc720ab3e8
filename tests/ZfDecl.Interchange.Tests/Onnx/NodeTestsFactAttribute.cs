namespace ZfDecl.Interchange.Tests.Onnx;

/// <summary>A test on the data of ONNX's own tests; skipped where Debian's package with them is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NodeTestsFactAttribute : FactAttribute
{
    public const string Folder = "/usr/share/libonnx-testdata/data/node";

    public NodeTestsFactAttribute() => Skip = Directory.Exists(Folder) ? null : "ONNX's tests are not there: apt install libonnx-testdata";
}
