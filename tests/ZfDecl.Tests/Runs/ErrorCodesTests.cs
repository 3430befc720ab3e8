using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ZfDecl.Messages;

namespace ZfDecl.Tests.Runs;

/// <summary>Each code of the running program stands in the table, is used, and has a page.</summary>
public partial class ErrorCodesTests
{
    private static readonly string[] Sources = ["src", "packages"];
    private static readonly string Pages = Repository.PathOf("docs", "errors");

    public static TheoryData<string> Ids => [.. ErrorCodes.All.Select(code => code.Id)];

    [Fact]
    public void EveryCodeThatIsUsedIsInTheTableAndNoOther()
    {
        var used = Sources.SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*", SearchOption.AllDirectories))
            .Where(file => Path.GetExtension(file) is ".cs" or ".csproj" or ".targets" && Path.GetFileName(file) != "ErrorCodes.cs" && !file.Split(Path.DirectorySeparatorChar).Any(folder => folder is "obj" or "bin"))
            .SelectMany(File.ReadLines).Where(line => !line.TrimStart().StartsWith("///", StringComparison.Ordinal)).SelectMany(line => Code().Matches(line).Select(match => match.Groups[1].Value)).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(used, ErrorCodes.All.Select(code => code.Id));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void ACodesPageSaysWhatItMeansShowsItAndSaysWhatToDo(string id)
    {
        var page = File.ReadAllText(Path.Combine(Pages, $"{id}.md")).ReplaceLineEndings("\n");
        Assert.StartsWith($"# {id}: {ErrorCodes.All.Single(code => code.Id == id).Title}\n\n", page, StringComparison.Ordinal);
        var parts = Page().Match(page);
        Assert.True(parts.Success, page);
        Assert.Matches($"(error|warning) {id}: .", parts.Groups["example"].Value);
        Assert.All((string[])["meaning", "remedy"], part => Assert.True(parts.Groups[part].Value.Trim().Length > 20, part));
    }

    [Fact]
    public void TheIndexListsThemAll()
    {
        var page = new StringBuilder("""
            # Codes of the running program

            What a command can say, in `dotnet msbuild`'s output. A page for each tells what it means, shows it, and says what to do. What the compiler of specs says has
            [pages of its own](../../generators/ZfDecl.Generators/docs/README.md). 10xx are about the command line and the machine, 11xx about data, 12xx about runs and their files,
            13xx about training, 14xx about looking into a network and about studies, 15xx about snapshots, what a network is shown, exports and several processes, 16xx about networks of other programs,
            17xx about the package in a project of one's own, 18xx about a network live in the browser.

            | code | |
            |---|---|

            """);
        foreach (var code in ErrorCodes.All)
            page.Append(CultureInfo.InvariantCulture, $"| [{code.Id}]({code.Id}.md) | {code.Title} |\n");
        Approved.Check("docs/errors/README.md", page.ToString());
        Assert.Equal(ErrorCodes.All.Select(code => $"{code.Id}.md").Prepend("README.md"), Directory.GetFiles(Pages).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("\"(ZF1[0-9]{3})\"")]
    private static partial Regex Code();

    [GeneratedRegex("^# [^\n]*\n\n(?<meaning>.+)\n\n## Example\n\n```text\n(?<example>.+)\n```\n\n## What to do\n\n(?<remedy>.+)\n$", RegexOptions.Singleline)]
    private static partial Regex Page();
}
