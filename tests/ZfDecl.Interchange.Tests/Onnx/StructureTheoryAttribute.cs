namespace ZfDecl.Interchange.Tests.Onnx;

/// <summary>A test on models in a folder that somebody names.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class StructureTheoryAttribute : TheoryAttribute
{
    public StructureTheoryAttribute() => Skip = StructureTests.Folder is null ? "no folder of models is named with ZFDECL_STRUCTURES" : null;
}
