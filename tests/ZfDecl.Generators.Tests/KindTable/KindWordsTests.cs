using ZfDecl.Generators.Kinds;

namespace ZfDecl.Generators.Tests.KindTable;

/// <summary>The runtime asks a layer for what its kind decided. It knows no kind by its word, and none by the module that it holds.</summary>
public class KindWordsTests
{
    // What Transfer calls a linear classifier, and the setting that chooses it, is no layer.
    private static readonly string[] OtherThings = ["TransferCommand.cs", "SettingTable.cs"];

    // What writes specs writes their words, as a person does.
    private const string Writer = "ZfDecl.Interchange";

    private static readonly string[] Modules = ["Conv2d", "Linear", "BatchNorm"], Questions = ["is ", "case ", "OfType<"];

    [Fact]
    public void NoSourceOfTheRuntimeNamesAKindOrAsksForItsModule()
    {
        string[] asked = [.. LayerKind.All.Select(kind => $"\"{kind.Word}\""), .. from module in Modules from question in Questions select question + module];
        var found =
            from path in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            where !path.Split(Path.DirectorySeparatorChar).Any(folder => folder is "obj" or "bin" or Writer) && !OtherThings.Contains(Path.GetFileName(path))
            from line in File.ReadLines(path).Index()
            where asked.Any(word => line.Item.Contains(word, StringComparison.Ordinal))
            select $"{Path.GetFileName(path)}({line.Index + 1}): {line.Item.Trim()}";
        Assert.Empty(found);
    }
}
