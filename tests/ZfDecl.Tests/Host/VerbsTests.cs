using System.Text.RegularExpressions;
using System.Xml.Linq;
using ZfDecl.Cli;
using ZfDecl.Cli.Configuration;
using ZfDecl.Tests.Documentation;

namespace ZfDecl.Tests.Host;

/// <summary>The targets and properties of MSBuild, the verbs and settings of the host, and what the pages say of them.</summary>
public partial class VerbsTests
{
    private static readonly XElement Targets = XDocument.Load(Repository.PathOf("src", "ZfDecl.Cli", "ZfDecl.Verbs.targets")).Root!;
    private static readonly string[] Properties = [.. Verbs.Settings.Select(key => Settings.Property(key.Name)[3..])];

    [Fact]
    public void HelpListsTheSettingsOfAVerbAndNoOthers()
    {
        using var output = new StringWriter();
        Assert.Equal(0, new Cli.Host([], output, TextWriter.Null).Run(["occlude", "--help"]));
        Assert.Contains("--size", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("The side of the occluder, in pixels. (a whole number ≥ 1)", output.ToString().ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.DoesNotContain("--learning-rate", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void EveryVerbIsATargetOfItsName()
    {
        var targets = Targets.Elements("Target").Where(target => target.Attribute("Name")!.Value is var name && !name.StartsWith('_') && name != "Help").ToArray();
        Assert.All(targets, target => Assert.Equal(Kebab(target.Attribute("Name")!.Value), target.Element("RunHost")!.Attribute("Verb")!.Value));
        Assert.Equal(
            CommandLine.Root((_, _) => 0).Subcommands.Select(verb => verb.Name).Order(StringComparer.Ordinal),
            targets.Select(target => target.Element("RunHost")!.Attribute("Verb")!.Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void TheTemplatesSolutionsKnowEveryVerb()
    {
        static IEnumerable<string> Public(XElement file) => file.Elements("Target").Select(target => target.Attribute("Name")!.Value).Where(name => !name.StartsWith('_')).Order(StringComparer.Ordinal);
        Assert.Equal(Public(Targets), Public(XDocument.Load(Repository.PathOf("packages", "ZfDecl.Templates", "content", "zfdecl", "Directory.Solution.targets")).Root!));
    }

    [Fact]
    public void ThePageOfCommandsNamesEveryPropertyAndNoOther()
    {
        var rows = File.ReadLines(Repository.PathOf("docs", "commands.md")).SkipWhile(line => !line.StartsWith("| property |", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'));
        var named = rows.SelectMany(row => Code().Matches(row.Split('|')[1]).Select(match => match.Groups[1].Value)).ToArray();
        Assert.True(named.ToHashSet().SetEquals(Properties),
            $"the page does not name: {string.Join(", ", Properties.Except(named))}\nand names what is no property: {string.Join(", ", named.Except(Properties))}");
    }

    /// <summary>Commands in the pages, and in the specs, whose first lines say how they are used; an error's page shows wrong ones on purpose.</summary>
    public static TheoryData<string> PagesWithCommands =>
        [.. MarkdownPages.All.Where(page => !Example().IsMatch(page)), .. Directory.GetFiles(Repository.Specs, "*.yaml", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Repository.Root, path))];

    [Theory]
    [MemberData(nameof(PagesWithCommands))]
    public void EveryCommandThatIsWrittenDownHasAVerbAndSettingsThatThereAre(string page)
    {
        var text = File.ReadAllText(Repository.PathOf(page));
        var targets = Targets.Elements("Target").Select(target => target.Attribute("Name")!.Value).Where(name => !name.StartsWith('_'));
        Assert.Empty(VerbWritten().Matches(text).Select(match => match.Groups[1].Value).Except(targets));
        Assert.Empty(PropertyWritten().Matches(text).Select(match => match.Groups[1].Value).Where(name => name is not ("TorchBackend" or "ModelFolder")).Except(Properties));
    }

    private static string Kebab(string name) => Capital().Replace(name, "-$0").ToLowerInvariant();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Capital();

    [GeneratedRegex("/ZF[0-9]{4}[.]md$")]
    private static partial Regex Example();

    [GeneratedRegex("-t:([A-Za-z]+)")]
    private static partial Regex VerbWritten();

    [GeneratedRegex("-p:([A-Za-z]+)")]
    private static partial Regex PropertyWritten();

    [GeneratedRegex("`([A-Za-z]+)`")]
    private static partial Regex Code();
}
