namespace ZfDecl.Tests.Data;

/// <summary>A test that needs the full Fashion-MNIST, where Debian's package dataset-fashion-mnist puts it; skipped elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FullFashionMnistFactAttribute : FactAttribute
{
    public const string Folder = "/usr/share/datasets/fashion-mnist";

    public FullFashionMnistFactAttribute()
    {
        if (!Directory.Exists(Folder))
            Skip = $"the full Fashion-MNIST is not in {Folder}; apt-get install dataset-fashion-mnist";
    }
}
