using ZfDecl.Interchange.Packages;
using ZfDecl.Messages;

namespace ZfDecl.Interchange.Tests;

/// <summary>A test on the ResNet-18 that lies in a NuGet package, which is downloaded for it (63 MB, once) and not referenced; skipped where it cannot be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RealModelFactAttribute : FactAttribute
{
    private const string Package = "Microsoft.ML.DnnImageFeaturizer.ResNet18/0.23.1";

    private static readonly Lazy<(ModelPackage? Model, string? Missing)> Restored = new(() =>
    {
        try
        {
            return (ModelPackage.Restore(Package, "dotnet", Path.GetTempPath()), null);
        }
        catch (ZfDeclException reason)
        {
            return (null, reason.Message);
        }
    });

    public RealModelFactAttribute() => Skip = Restored.Value.Missing;

    public static ModelPackage Model => Restored.Value.Model!;
}
