using System.Xml.Linq;

namespace ZfDecl.Tests;

/// <summary>Whoever uses this may do so, and is told what others have made.</summary>
public class LicenceTests
{
    private static readonly string Notices = File.ReadAllText(Repository.PathOf("THIRD-PARTY-NOTICES.md"));

    [Fact]
    public void TheLicenceIsMitAndThePackagesSaySo()
    {
        Assert.StartsWith("MIT License\n\nCopyright (c) 2026 the ZfDecl authors\n", File.ReadAllText(Repository.PathOf("LICENSE")), StringComparison.Ordinal);
        Assert.Equal("MIT", XDocument.Load(Repository.PathOf("Directory.Build.props")).Descendants("PackageLicenseExpression").Single().Value);
    }

    [Fact]
    public void EveryPackageThatIsNamedHasItsLineInTheNotices()
    {
        var listed = Notices.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).SelectMany(line => line.Split('|')[1].Split(',', StringSplitOptions.TrimEntries));
        var named = XDocument.Load(Repository.PathOf("Directory.Packages.props")).Descendants("PackageVersion").Select(package => package.Attribute("Include")!.Value);
        Assert.Equal("", string.Join(' ', named.Except(listed)));
    }

    [Theory]
    [InlineData("src/ZfDecl/Imaging/Fonts", "OpenSans-LICENSE.txt", "Apache License")]
    [InlineData("specs/data/fashion-mnist", "LICENSE", "MIT License")]
    public void WhatOthersHaveMadeLiesBesideItsLicence(string folder, string file, string licence)
    {
        Assert.Contains(folder, Notices, StringComparison.Ordinal);
        Assert.Contains(licence, File.ReadAllText(Repository.PathOf(folder, file)), StringComparison.Ordinal);
    }
}
