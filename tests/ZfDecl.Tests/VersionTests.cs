using System.Text.RegularExpressions;
using System.Xml.Linq;
using ZfDecl.Runs;

namespace ZfDecl.Tests;

/// <summary>The version stands in one place, and what repeats it says the same.</summary>
public partial class VersionTests
{
    private static readonly string Version = XDocument.Load(Repository.PathOf("Directory.Build.props")).Descendants("Version").Single().Value;

    [Fact]
    public void ARunRecordsTheVersionAndPerhapsTheCommit() => Assert.Equal(Version, RunVersions.Current.ZfDecl.Split('+')[0]);

    [Fact]
    public void TheCitationAndTheNewestVersionOfTheChangelogNameIt()
    {
        Assert.Equal(Version, Named(CitedVersion(), "CITATION.cff"));
        Assert.Equal(Version, Named(Heading(), "CHANGELOG.md"));
    }

    private static string Named(Regex pattern, string file) => pattern.Match(File.ReadAllText(Repository.PathOf(file))).Groups[1].Value;

    [GeneratedRegex(@"^version: (\S+)", RegexOptions.Multiline)]
    private static partial Regex CitedVersion();

    [GeneratedRegex(@"^## (?!Unreleased)(\S+)", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
