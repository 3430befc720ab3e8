using System.Text.RegularExpressions;

namespace ZfDecl.Tests.Documentation;

/// <summary>What pages link to is there, and the first of them is short.</summary>
public partial class LinkTests
{
    public static TheoryData<string> Pages => [.. MarkdownPages.All];

    [Theory]
    [MemberData(nameof(Pages))]
    public void EveryRelativeLinkLeadsToAFile(string page)
    {
        var folder = Path.GetDirectoryName(Repository.PathOf(page))!;
        var targets = Links(File.ReadAllText(Repository.PathOf(page))).Where(target => !target.Contains("://", StringComparison.Ordinal)).ToArray();

        Assert.All(targets, target => Assert.True(Path.Exists(Path.Combine(folder, target)), target));
    }

    [Fact]
    public void LinksAreFoundInTextTablesAndPicturesButNotInCode() =>
        Assert.Equal(["a.md", "b/c.png", "../d"], Links("see [a](a.md#part) | ![b](b/c.png) `[x](no)` [`d`](../d)\n```\n[y](no)\n```\n"));

    [Fact]
    public void TheReadmeIsShortAndStartsWithTheTwoCommands()
    {
        var lines = File.ReadAllLines(Repository.PathOf("README.md"));
        Assert.InRange(lines.Length, 1, 170);
        Assert.Equal(["dotnet msbuild -t:Train", "dotnet test ZfDecl.sln"], lines.Where(line => line.StartsWith("    ", StringComparison.Ordinal)).Take(2).Select(line => line.Split('#')[0].Trim()));
    }

    private static IEnumerable<string> Links(string page) => Target().Matches(Code().Replace(page, "")).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"```.*?```|(?<!\[)`[^`\n]*`(?!\])", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\(([^)#\s]+)[^)]*\)")]
    private static partial Regex Target();
}
