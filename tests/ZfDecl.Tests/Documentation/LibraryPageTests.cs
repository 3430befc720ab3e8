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
        using (var trained = examples.OpenRun(artifacts))
        {
            Assert.InRange(examples.Evaluate(trained, data), 0, 1);
            Assert.Equal(1, LibraryExamples.Predict(trained, picture).Sum(output => output.Value), 1e-5);
            Assert.All(examples.Visualize(trained, data, folder["artifacts/Pictures/first/visualize"]), sheet => Assert.True(File.Exists(sheet), sheet));
            Assert.Contains(LibraryExamples.Project(trained, picture, folder["projection.png"]).Projection, value => value != 0);
            Assert.True(File.Exists(folder["projection.png"]));
            Assert.All(LibraryExamples.Occlude(trained, picture).Probability, probability => Assert.InRange(probability, 0, 1));
            examples.Explain(trained, picture, folder["why.html"]);
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
