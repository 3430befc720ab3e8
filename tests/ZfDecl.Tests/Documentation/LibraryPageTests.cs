using System.Text.RegularExpressions;
using SkiaSharp;
using ZfDecl.Examples;
using ZfDecl.Messages;
using ZfDecl.Report;
using ZfDecl.Tests.Data;

namespace ZfDecl.Tests.Documentation;

/// <summary>The examples of docs/library.md: each is the code of <see cref="LibraryExamples"/>, which compiles without looking inside the library, and runs.</summary>
public partial class LibraryPageTests
{
    private const int PerClass = 8, Side = 40;
    private static readonly (string Class, SKColor Colour)[] Classes = [("blue", SKColors.Blue), ("green", SKColors.Green), ("red", SKColors.Red)];

    [Fact]
    public void EveryBlockOfThePageIsAnExampleThatIsCompiled()
    {
        var source = File.ReadAllText(Repository.PathOf("tests/ZfDecl.Examples/LibraryExamples.cs"));
        var examples = Example().Matches(source).Select(match => Unindented(match.Groups[2].Value)).ToArray();
        var blocks = Block().Matches(File.ReadAllText(Repository.PathOf("docs/library.md"))).Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal(examples, blocks);
        Assert.All(blocks, block => Assert.InRange(block.Count(letter => letter == '\n'), 1, 12));
    }

    [Fact]
    public void TheExamplesRunFromAFolderOfPicturesToAReport()
    {
        using var folder = new TemporaryFolder();
        foreach (var (name, colour) in Classes)
        {
            for (var i = 0; i < PerClass; i++)
                File.WriteAllBytes(folder[$"pictures/{name}/{i}.png"], Pictures.Png(Side, Side, (x, y) => (x + (i * y)) % (3 + i) == 0 ? SKColors.White : colour));
        }
        var (examples, artifacts, picture) = (new LibraryExamples(new SilentLog()), folder["artifacts"], folder["pictures/red/3.png"]);

        using var data = examples.OpenImages(folder["pictures"]);
        Assert.Equal(["blue", "green", "red"], data.Train.Classes);
        Assert.Equal(2, examples.Train(data, artifacts).Final?.Epoch);
        var (network, preprocessor) = examples.OpenRun(artifacts);
        using (network)
        {
            Assert.InRange(examples.Evaluate(network, preprocessor, data), 0, 1);
            Assert.Equal(1, examples.Predict(network, preprocessor, data.Train.Classes, picture).Sum(output => output.Value), 1e-5);
            Assert.All(examples.Visualize(network, preprocessor, data, folder["artifacts/Pictures/first/visualize"]), sheet => Assert.True(File.Exists(sheet), sheet));
            Assert.Contains(examples.Project(network, preprocessor, picture, folder["projections"]).Projection, value => value != 0);
            Assert.All(examples.Occlude(network, preprocessor, picture).Probability, probability => Assert.InRange(probability, 0, 1));
            examples.Explain(network, preprocessor, data.Train.Classes, picture, folder["why.html"]);
        }
        Assert.Contains("3.png", File.ReadAllText(folder["why.html"]), StringComparison.Ordinal);
        Assert.Equal(RunReport.PageFile, Path.GetFileName(examples.Report(artifacts)));
        Assert.Contains("conv4", File.ReadAllText(folder["artifacts/Pictures/first/report/index.html"]), StringComparison.Ordinal);
    }

    private static string Unindented(string code) => string.Concat(code.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.StartsWith("        ", StringComparison.Ordinal) ? line[8..] : line).Select(line => line + "\n"));

    [GeneratedRegex(@"// <(\w+)>\n(.*?) +// </\1>", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
