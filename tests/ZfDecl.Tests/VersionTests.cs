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

    [Fact]
    public void TheTemplateRefersToThePackageOfThisVersionAndToItsTorchSharp()
    {
        var project = XDocument.Load(Repository.PathOf("packages", "ZfDecl.Templates", "content", "zfdecl", "ProjectName.csproj"));
        Assert.Equal(Version, VersionIn(project, "PackageReference", "ZfDecl"));
        var central = XDocument.Load(Repository.PathOf("Directory.Packages.props"));
        foreach (var package in (string[])["TorchSharp-cuda-linux", "TorchSharp-cuda-windows"])
            Assert.Equal(VersionIn(central, "PackageVersion", package), VersionIn(project, "PackageReference", package));
    }

    [Fact]
    public void TheScriptsReferToThePackageOfThisVersion()
    {
        var scripts = Directory.GetFiles(Repository.PathOf("docs", "scripts"), "*.cs");
        Assert.NotEmpty(scripts);
        Assert.All(scripts, script => Assert.Contains($"#:package ZfDecl@{Version}\n", File.ReadAllText(script), StringComparison.Ordinal));
    }

    private static string VersionIn(XDocument file, string element, string package) =>
        file.Descendants(element).Single(item => item.Attribute("Include")!.Value == package).Attribute("Version")!.Value;

    private static string Named(Regex pattern, string file) => pattern.Match(File.ReadAllText(Repository.PathOf(file))).Groups[1].Value;

    [GeneratedRegex(@"^version: (\S+)", RegexOptions.Multiline)]
    private static partial Regex CitedVersion();

    [GeneratedRegex(@"^## (?!Unreleased)(\S+)", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
