using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using ZfDecl.Generators.Diagnostics;

namespace ZfDecl.Generators.Tests.Documentation;

/// <summary>Each code has a help page, whose example gives that code, with the message that the page shows.</summary>
public partial class CodePagesTests
{
    public static TheoryData<string> Ids => [.. Codes.All.Select(code => code.Id)];

    [Fact]
    public void EveryCodeHasAPageAndEveryPageACode() =>
        Assert.Equal(Codes.All.Select(code => $"{code.Id}.md"), Pages.Names.Where(name => name.StartsWith("ZF", StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(Ids))]
    public void ThePagesExampleGivesItsCodeAndNothingElse(string id)
    {
        var (code, page) = (Codes.All.Single(code => code.Id == id), Pages.Read($"{id}.md"));
        Assert.StartsWith($"# {id}: {code.Title}\n", page, StringComparison.Ordinal);
        var found = SpecCompilation.Of([.. Specs().Matches(page).Select(match => (match.Groups["path"].Value, match.Groups["spec"].Value))]).Diagnostics;
        Assert.All(found, diagnostic => Assert.Equal(id, diagnostic.Id));
        Assert.NotEmpty(found);
        Pages.Check($"{id}.md", Messages().Replace(page, $"```text\n{string.Concat(found.Select(Line))}```"));
    }

    [Fact]
    public void EveryCodeLinksToItsPageInTheFolderThatTheProjectNames() =>
        Assert.All(Codes.All, code => Assert.StartsWith($"# {code.Id}: ", File.ReadAllText(new Uri(code.Descriptor(Repository.PathOf("generators", "ZfDecl.Generators", "docs")).HelpLinkUri).LocalPath), StringComparison.Ordinal));

    [Fact]
    public void TheIndexListsThemAll()
    {
        var page = new StringBuilder("""
            # Codes

            Everything that the compiler of specs can say, on the line that it is about. A page for each tells what it means, shows a spec that gives it, and what
            to do; the codes of the commands have [pages of their own](../../../docs/errors/README.md). The kinds of layers and their keys are in [kinds.md](kinds.md), the shipped networks in [networks.md](networks.md).

            | code | severity | |
            |---|---|---|

            """);
        foreach (var code in Codes.All)
            page.Append(CultureInfo.InvariantCulture, $"| [{code.Id}]({code.Id}.md) | {Severity(code.Severity)} | {code.Title} |\n");
        page.Append("""

            00xx are about the file, 01xx about keys, values and names, 02xx about the network that they make, 03xx about variants. 04xx are possible but unwise.

            ## Severity

            Warnings can be turned off, or into errors, like those of C#. For a project, in its project file:

            ```xml
            <NoWarn>$(NoWarn);ZF0402</NoWarn>
            <WarningsAsErrors>$(WarningsAsErrors);ZF0401</WarningsAsErrors>
            ```

            or in a file `.globalconfig` beside it, with `none`, `suggestion`, `warning` or `error`:

            ```ini
            is_global = true
            dotnet_diagnostic.ZF0402.severity = none
            ```

            The compiler finds such a file in the folders of the project's C# files; a project of specs alone names it:
            `<GlobalAnalyzerConfigFiles Include=".globalconfig" />`.

            A single place is excepted where it is written, by a comment behind it on that line that names the code, and may say why:

            ```yaml
            - { conv: conv5, maps: 64, kernel: 3, padding: 1 }     # ZF0401 is meant: the layer is there to see the whole image
            ```

            `TreatWarningsAsErrors` holds for them as well; `<WarningsNotAsErrors>$(WarningsNotAsErrors);ZF0401</WarningsNotAsErrors>` excepts one. Sections of an
            `.editorconfig` do not reach specs, which are no C# files. A variant gets the warnings on what it writes itself, not those on what it inherits.

            """);
        Pages.Check("README.md", page.ToString());
    }

    private static string Line(Diagnostic diagnostic)
    {
        var at = diagnostic.Location.GetLineSpan();
        var path = at.Path[SpecDriver.Root.Length..];
        return string.Create(CultureInfo.InvariantCulture, $"{path}({at.StartLinePosition.Line + 1},{at.StartLinePosition.Character + 1}): {Severity(diagnostic.Severity)} {diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}\n");
    }

    private static string Severity(DiagnosticSeverity severity) => severity == DiagnosticSeverity.Error ? "error" : "warning";

    [GeneratedRegex("```yaml\n(?<spec># (?<path>specs/[a-z]+\\.yaml)\n.*?)```", RegexOptions.Singleline)]
    private static partial Regex Specs();

    [GeneratedRegex("```text\n.*?```", RegexOptions.Singleline)]
    private static partial Regex Messages();
}
