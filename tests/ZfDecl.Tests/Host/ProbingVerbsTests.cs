using ZfDecl.Findings;
using ZfDecl.Tests.Files;

namespace ZfDecl.Tests.Host;

/// <summary>The verbs that look into a network, on the weights that come with the repository.</summary>
[Collection(Alone.Name)]
public sealed class ProbingVerbsTests : ShippedNetworks
{
    [Fact]
    public void InvarianceLeavesCurvesPicturesAndASection()
    {
        Assert.True(Run("invariance", "--images=[3]+[7]") == 0, errors.ToString());
        var folder = Folder("shipped", "invariance");
        // Two images; 17 translations, 17 scales, 36 rotations of each.
        Assert.Equal(1 + 2 * (17 + 17 + 36), Seals.Lines(Path.Combine(folder, "curves.csv")).Length);
        AssertSectionIsWhole(folder);
    }

    [Fact]
    public void TwoNetworksAreDiagnosedSideBySide()
    {
        Assert.True(Run("diagnose", "--against=/untrained") == 0, errors.ToString());
        var folder = Folder("shipped", "diagnose");
        Assert.Contains("Fashion/untrained · conv1: not learned: its filters look like an initialisation,", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("Fashion/untrained · conv3: not learned:", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Fashion/shipped · conv3: not learned", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("Fashion/shipped · conv1: nothing stands out.", output.ToString(), StringComparison.Ordinal);
        AssertSectionIsWhole(folder);
    }

    [Fact]
    public void ADiagnosisAgainstARunThatIsNotThereSaysSoBeforeItLooks()
    {
        Assert.Equal(1, Run("diagnose", "--against=/gone"));
        Assert.Contains("error ZF1207: there is no run", errors.ToString(), StringComparison.Ordinal);
        Assert.Contains($"-p:Run=gone -p:Artifacts={artifacts.Path}", errors.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("searching", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void PartsAreComparedAndWhatIsWrongWithThemStandsOnItsLine()
    {
        var parts = artifacts["parts.csv"];
        File.WriteAllText(parts, "image,part,x,y,w,h\nt10k[3],top,8,0,9,6\n7,top,8,0,9,6\n");
        Assert.True(Run("correspond", $"--parts={parts}") == 0, errors.ToString());
        Assert.Contains("random regions", output.ToString(), StringComparison.Ordinal);
        AssertSectionIsWhole(Folder("shipped", "correspond"));

        File.AppendAllText(parts, "gone.png,top,8,0,9,6\nt10k[9],top,8,0,9,60\n");
        Assert.Equal(1, Run("correspond", $"--parts={parts}"));
        Assert.Contains("parts.csv(4): error ZF1441: no image is called 'gone.png': give a path", errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("parts.csv(5): error ZF1442: the box reaches to (17, 60)", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void FootnoteOneIsAPictureAndNumbersOnImagesWhoseObjectsNobodyKnows()
    {
        Assert.True(Run("trust", "--images=50") == 0, errors.ToString());
        Assert.Contains("Footnote 1 of the paper", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("Nobody knows where the objects of these images are", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Occlusion:", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("With all weights from conv3 down to conv1 drawn anew, projections by the rule deconv are like", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("Covering the fifth of the pixels that a projection marks most takes", output.ToString(), StringComparison.Ordinal);
        var folder = Folder("shipped", "trust");
        AssertSectionIsWhole(folder);
        Assert.False(File.Exists(Path.Combine(folder, "occlusion.csv")));
        Assert.Equal("layer,map,rank,image,pixels_deconv,pixels_mask,pixels_guided,deconv_mask", File.ReadLines(Path.Combine(folder, "units.csv")).First());
    }

    [Theory]
    [InlineData("evolve", "", "error ZF1435:")]
    [InlineData("diagnose", "--against=Nowhere", "error ZF1002: -p:Against=Nowhere: no network of that name is declared")]
    [InlineData("occlude", "--stride=x", "error ZF1003: -p:Stride=x: allowed is a whole number ≥ 1")]
    [InlineData("evolve", "--run=untrained", "then: dotnet msbuild -t:Evolve")]
    [InlineData("correspond", "", "error ZF1440: name the file of the parts")]
    [InlineData("invariance", "--layers=conv1", "error ZF1433:")]
    [InlineData("invariance", "--images=nobody.png", "error ZF1431:")]
    public void WhatCannotBeDoneIsSaidWithARemedy(string verb, string setting, string expected)
    {
        Assert.Equal(1, Run(verb, setting.Length == 0 ? [] : [setting]));
        Assert.Contains(expected, errors.ToString(), StringComparison.Ordinal);
    }

    private static void AssertSectionIsWhole(string folder)
    {
        var section = ReportSection.Read(folder)!;
        Assert.NotEmpty(section.Text);
        Assert.All(section.Figures.Select(figure => figure.File).Concat(section.Tables.Select(table => table.File)), file => Assert.True(File.Exists(Path.Combine(folder, file)), file));
    }
}
