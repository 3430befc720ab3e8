using System.Text.RegularExpressions;

namespace ZfDecl.Tests.Runs;

/// <summary>A code of an error means one thing, wherever it is given.</summary>
public partial class CodesTests
{
    /// <summary>The codes that more than one file gives, and what they mean in all of them.</summary>
    private static readonly Dictionary<string, string> Shared = new()
    {
        ["ZF1000"] = "an internal error",
        ["ZF1003"] = "the value of a setting is not allowed",
        ["ZF1120"] = "too few classes have images",
        ["ZF1121"] = "a class has no images",
        ["ZF1124"] = "there is no image to validate with",
        ["ZF1130"] = "an image cannot be read",
        ["ZF1134"] = "an image is damaged",
        ["ZF1140"] = "a file of CIFAR is missing",
        ["ZF1141"] = "a file of CIFAR has a wrong length",
        ["ZF1142"] = "a label of CIFAR is no class",
        ["ZF1143"] = "the classes of CIFAR are not all named",
        ["ZF1151"] = "a line of a list or table is malformed",
        ["ZF1181"] = "a file does not say the classes of these images",
        ["ZF1185"] = "several data sets lie in one folder",
        ["ZF1190"] = "lists of classes are missing",
        ["ZF1191"] = "lists of classes do not go together",
        ["ZF1203"] = "a file of tensors does not fit the network",
        ["ZF1206"] = "a run cannot have that name",
        ["ZF1207"] = "there is no such run",
        ["ZF1208"] = "a record of a run is damaged",
        ["ZF1210"] = "a checkpoint is damaged",
        ["ZF1211"] = "a checkpoint cannot be used",
        ["ZF1217"] = "kept statistics are damaged",
        ["ZF1306"] = "probabilities are NaN",
        ["ZF1403"] = "an activation is not finite",
        ["ZF1412"] = "the pictures of a layer are damaged or incomplete",
        ["ZF1413"] = "a table of a section is damaged",
        ["ZF1414"] = "a file of a section is missing",
        ["ZF1423"] = "a file of a study is damaged",
        ["ZF1433"] = "a comparison takes two layers",
        ["ZF1440"] = "the file of parts cannot be read",
        ["ZF1511"] = "a picture that is named is not there",
        ["ZF1530"] = "a file is there already",
        ["ZF1601"] = "there is nothing to import",
        ["ZF1602"] = "a model is damaged",
        ["ZF1603"] = "a model cannot be declared",
        ["ZF1606"] = "an import would write over something",
        ["ZF1470"] = "a study cannot be read",
    };

    private static readonly ILookup<string, string> Files = Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
        .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal) && Path.GetFileName(path) != "ErrorCodes.cs")
        .SelectMany(path => Given().Matches(File.ReadAllText(Repository.PathOf(path))).Select(match => (Code: match.Groups[1].Value, Path: path)).Distinct())
        .ToLookup(given => given.Code, given => given.Path);

    [Fact]
    public void NoCodeIsGivenForTwoThings()
    {
        var doubtful = Files.Where(code => code.Count() > 1 && !Shared.ContainsKey(code.Key)).Select(code => $"{code.Key}: {string.Join(", ", code)}");
        Assert.Empty(doubtful);
    }

    [Fact]
    public void EveryCodeSaidToBeSharedIs() => Assert.All(Shared.Keys, code => Assert.True(Files[code].Count() > 1, code));

    [Fact]
    public void TheScanFindsTheCodes() => Assert.Contains("src/ZfDecl/Files/FileFailure.cs", Files["ZF1204"]);

    // Where a code is compared with another it is not given.
    [GeneratedRegex("(?<!== |!= |is )\"(ZF1[0-9]{3})\"")]
    private static partial Regex Given();
}
