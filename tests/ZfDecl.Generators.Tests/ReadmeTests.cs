using System.Text.RegularExpressions;

namespace ZfDecl.Generators.Tests;

/// <summary>What the README shows is what one gets.</summary>
public partial class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Repository.PathOf("README.md"));

    [Fact]
    public void TheSpecCompilesAndTheCodeThatUsesItDoes()
    {
        // A program as the README prints it, in the namespace of this project and with a result.
        var lines = Block("csharp").Replace("using MyApp;", $"using {SpecDriver.Namespace};", StringComparison.Ordinal).Split('\n');
        var usings = lines.TakeWhile(line => line.Length > 0);
        var usage = $$"""
            {{string.Join('\n', usings)}}

            public static class Usage
            {
                public static long[] Run()
                {
                    {{string.Join('\n', lines.SkipWhile(line => line.Length > 0))}}
                    using var gradient = {{Inline("new DigitsDeconvnet(net, new")}};
                    return field == new ReceptiveField(11, 11, 2, 2, -4, -4) ? pixels.shape : [];
                }
            }
            """;
        var shape = SpecCompilation.Of(usage, ("specs/digits.yaml", Block("yaml"))).Invoke("Usage", "Run");
        Assert.Equal(new long[] { 2, 1, 28, 28 }, shape);
    }

    [Fact]
    public void TheErrorIsWhatAMisspeltKeyGives()
    {
        var found = SpecCompilation.Of(Block("yaml").Replace("maps: 64, kernel", "maps: 64, kernal", StringComparison.Ordinal));
        var error = found.Diagnostics.Single(d => d.Id == "ZF0101");
        var at = error.Location.GetLineSpan().StartLinePosition;
        Assert.Contains($"specs/digits.yaml({at.Line + 1},{at.Character + 1}): error ZF0101: {error.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}", Readme, StringComparison.Ordinal);
    }

    private static string Block(string language) => Regex.Match(Readme, $"```{language}\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;

    private static string Inline(string start) => Regex.Match(Readme, $"`({Regex.Escape(start)}[^`]*)`").Groups[1].Value;
}
