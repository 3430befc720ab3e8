using ZfDecl.Findings;
using ZfDecl.Models;
using ZfDecl.Tests.Data;
using ZfDecl.Tests.Files;

namespace ZfDecl.Tests.Host;

/// <summary>Verbs on data in published layouts, with the shipped weights.</summary>
[Collection(Alone.Name)]
public sealed class PublishedLayoutTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();

    public void Dispose()
    {
        folder.Dispose();
        output.Dispose();
        errors.Dispose();
    }

    [Theory]
    [InlineData("softmax")]
    [InlineData("svm")]
    public void TransferMeasuresAveragePrecisionOnPascalVocAndGoesOnWhereItStopped(string classifier)
    {
        using var voc = new PascalVocFixture();
        string[] arguments = ["transfer", $"--data={voc.Path}", "--overlap=2", "--layer=relu4", $"--classifier={classifier}"];
        Assert.True(Run(arguments) == 0, errors.ToString());
        Assert.Contains("class   pretrained relu4 + " + classifier, output.ToString(), StringComparison.Ordinal);
        Assert.Matches(@"mean +\d+\.\d +\d+\.\d +\d+\.\d +79\.0", output.ToString());
        var study = Assert.Single(Directory.GetDirectories(Path.Combine(folder.Path, "artifacts", "Fashion", "shipped", "transfer")));
        Assert.Equal(["precision.png", "precision.svg", "rows.csv", "rows.json", "section.json", "study.json", "table.csv"], Directory.GetFiles(study).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var rows = File.ReadAllLines(Path.Combine(study, "rows.csv"));
        Assert.Equal(1 + 2 * 3, rows.Length);                                           // a header, and 3 classes with the trained and the untrained network
        Assert.StartsWith($"pretrained relu4 + {classifier},dog,", rows[2], StringComparison.Ordinal);
        Assert.Contains(",3,7,relu4 C = ", rows[2], StringComparison.Ordinal);            // dogs are in 1, 4 and 7 of 8; one more is difficult
        Assert.EndsWith(",0.79", Seals.Lines(Path.Combine(study, "table.csv"))[^1], StringComparison.Ordinal);
        Assert.Contains(ReportSection.Read(study)!.Text, text => text.Contains("The paper's mean, 79.0", StringComparison.Ordinal));

        Assert.Equal(0, Run(arguments));
        Assert.Contains("3 of 3 classes are finished already", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(rows, File.ReadAllLines(Path.Combine(study, "rows.csv")));

        // As if it had been killed behind the second class: this one is kept with its seconds, the others come out the same.
        Seals.Change(Path.Combine(study, "rows.json"), finished =>
        {
            var itsRows = finished["rows"]!.AsObject();
            foreach (var key in itsRows.Select(row => row.Key).Skip(2).ToList())
                itsRows.Remove(key);
        });
        Assert.Equal(0, Run(arguments));
        Assert.Contains("2 of 3 classes are finished already", output.ToString(), StringComparison.Ordinal);
        var again = File.ReadAllLines(Path.Combine(study, "rows.csv"));
        Assert.Equal(rows[..3], again[..3]);
        Assert.Equal(rows.Select(WithoutSeconds), again.Select(WithoutSeconds));

        static string WithoutSeconds(string row) => row[..row.LastIndexOf(',')];
    }

    [Theory]
    [InlineData("train")]
    [InlineData("evaluate")]
    [InlineData("invariance")]
    [InlineData("analyze-features")]
    public void WhatNeedsOneClassAnImageSaysSoOnPascalVoc(string verb)
    {
        using var voc = new PascalVocFixture();
        Assert.Equal(1, Run(verb, $"--data={voc.Path}", "--spec=Fashion"));
        Assert.Contains("error ZF1193: an image of PASCAL VOC may hold objects of several classes", errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("-t:Transfer", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatLooksAtPixelsRunsOnPascalVoc()
    {
        using var voc = new PascalVocFixture();
        Assert.True(Run("visualize", $"--data={voc.Path}", "--layers=conv1", "--maps=0+1", "--top=2") == 0, errors.ToString());
        Assert.Contains("JPEGImages/2008_", File.ReadAllText(Path.Combine(folder.Path, "artifacts", "Fashion", "shipped", "visualize", "conv1", "units.csv")), StringComparison.Ordinal);
        Assert.True(Run("occlude", $"--data={voc.Path}", "--image=0", "--stride=7") == 0, errors.ToString());
        Assert.Contains("2008_000008.jpg may hold objects of several classes, and the predicted one, ", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ThePapersFiguresStandBesideThoseOfCaltech101()
    {
        var random = new Random(1);
        foreach (var name in (string[])["accordion", "watch", "BACKGROUND_Google"])
        {
            for (var i = 1; i <= 16; i++)
            {
                var shift = random.Next(100);
                File.WriteAllBytes(folder[$"101_ObjectCategories/{name}/image_{i:0000}.jpg"], Data.Pictures.Jpeg(28, 28, (x, y) => new((byte)(x * name.Length * 3 + shift), (byte)(y * 5 + shift), (byte)random.Next(256))));
            }
        }
        string[] arguments = [$"--data={Path.Combine(folder.Path, "101_ObjectCategories")}", "--folds=2", "--scratch=no", "--overlap=2"];
        Assert.True(Run(["transfer", .. arguments]) == 0, errors.ToString());
        Assert.Contains("without BACKGROUND_Google, which is no category", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("warning ZF1422: the row of 30 images per class is left out", errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("paper: pretrained", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("83.8 ± 0.5", output.ToString(), StringComparison.Ordinal);
        var study = Assert.Single(Directory.GetDirectories(Path.Combine(folder.Path, "artifacts", "Fashion", "shipped", "transfer")));
        var table = Seals.Lines(Path.Combine(study, "table.csv"));
        Assert.Equal("method,images_per_class,folds,mean_per_class_accuracy,deviation,paper,paper_deviation", table[0]);
        Assert.EndsWith(",0.838,0.005", table[1], StringComparison.Ordinal);
        Assert.EndsWith(",,", table[2], StringComparison.Ordinal);                      // untrained features: the paper has none
        Assert.Contains(ReportSection.Read(study)!.Text, text => text == "The paper's figures (Tables 4 and 5) are of Caltech-101 with 101 categories and a network pretrained on ImageNet; here 2 classes take part.");
    }

    private int Run(params string[] arguments) =>
        new Cli.Host(DeclaredNetworks.All, output, errors).Run([.. arguments, "--root=" + Repository.Root, "--artifacts=" + folder["artifacts"]]);
}
