using ZfDecl.Analyses.Evaluate;
using ZfDecl.Findings;
using ZfDecl.Messages;
using ZfDecl.Models;
using ZfDecl.Networks;
using ZfDecl.Report;
using ZfDecl.Report.Contents;
using ZfDecl.Report.Page;
using ZfDecl.Runs;
using ZfDecl.Tests.Data;
using ZfDecl.Tests.Files;
using Pictures = ZfDecl.Tests.Data.Pictures;

namespace ZfDecl.Tests.Reporting;

/// <summary>The report's files, without a browser.</summary>
public sealed class ReportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly CapturedLog log = new();

    private string Run => Path.Combine(folder.Path, "run");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void EveryFileThatThePageNamesLiesBesideIt()
    {
        new SyntheticRun(Fashion.Declaration, Run).Trained().Visualized(["conv1", "conv3"], mostMaps: 12).Analysed();
        var page = Make();
        var named = System.Text.RegularExpressions.Regex.Matches(page, "(?:src|href|data-source)=\"([^#\"][^\"]*)\"").Select(match => match.Groups[1].Value).Where(link => link != "data:,").Distinct().ToArray();
        Assert.Contains("sections/invariance/plots/a%20plot%20%231.svg", named);
        Assert.Contains("layers/conv3/units.js", named);
        Assert.All(named, link => Assert.True(File.Exists(Path.Combine(Run, "report", Uri.UnescapeDataString(link))), link));
        Assert.DoesNotContain("http:", page.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal));
        Assert.DoesNotContain("https:", page);
        Assert.Empty(log.Warnings);
    }

    [Fact]
    public void NamesOfOthersStayText()
    {
        new SyntheticRun(Fashion.Declaration, Run).Trained().Visualized(["conv1"], mostMaps: 12).Analysed();
        var page = Make();
        Assert.Contains("&lt;b&gt;Shirt &amp; &quot;tie&quot;&lt;/b&gt;", page);
        Assert.DoesNotContain("<b>Shirt", page);
        Assert.DoesNotContain("<b>", File.ReadAllText(Path.Combine(Run, "report", "layers", "conv1", "units.js")));
    }

    [Fact]
    public void AnalysesOfOneTitleAreToldApartByTheirFolders()
    {
        foreach (var name in (string[])["small", "large"])
            new ReportSection { Id = name, Title = "Transfer", Order = 1, Subject = "run & epoch" }.Write(Path.Combine(Run, "transfer", name));
        var page = Make();
        Assert.Contains("Transfer (small)</h3>", page);
        Assert.Contains("Transfer (large)</h3>", page);
        Assert.Contains("<p class=\"facts\">run &amp; epoch</p>", page);
    }

    [Fact]
    public void ColumnsOfATableThatSayNothingAreLeftOutAndWideFiguresHaveThePagesWidth()
    {
        var own = Path.Combine(Run, "study");
        new ReportSection { Id = "study", Title = "Study", Order = 1, Figures = [new("wide.png", "wide", "wide"), new("small.png", "small", "small")], Tables = [new("table.csv", "Table")] }.Write(own);
        File.WriteAllText(Path.Combine(own, "table.csv"), "row,nothing,value\na,,1\nb,,2\n");
        File.WriteAllBytes(Path.Combine(own, "wide.png"), Pictures.Png(1200, 20, Pictures.Noise));
        File.WriteAllBytes(Path.Combine(own, "small.png"), Pictures.Png(30, 20, Pictures.Noise));
        var page = Make();
        Assert.DoesNotContain(">nothing</th>", page);
        Assert.Contains(">value</th>", page);
        Assert.Contains("<figure class=\"wide\"><a href=\"sections/study/wide.png\"><img src=\"sections/study/wide.png\" alt=\"wide\" width=\"1200\" height=\"20\"", page);
        Assert.Contains("<figure><a href=\"sections/study/small.png\">", page);
    }

    [Fact]
    public void AFolderThatHoldsNothingSaysWhichCommandsFillIt()
    {
        Directory.CreateDirectory(Run);
        var page = Make();
        Assert.Contains("`train spec=Fashion run=run`", page);
        Assert.Contains("`visualize spec=Fashion run=run`", page);
        Assert.Empty(log.Warnings);
    }

    [Fact]
    public void DamagedFilesAreNamedAndTheRestIsShown()
    {
        new SyntheticRun(Fashion.Declaration, Run).Trained().Visualized(["conv1", "conv3"], mostMaps: 12).Analysed();
        File.WriteAllText(Path.Combine(Run, "metrics.csv"), EpochMetrics.CsvHeader + "\n1,2,three\n");
        File.WriteAllText(Path.Combine(Run, "visualize", "conv1", "sprites", "index.json"), "{");
        File.WriteAllText(Path.Combine(Run, "occlude", "1", "occlusion.json"), "[]");
        File.WriteAllText(Path.Combine(Run, "invariance", "distances.csv"), "a,b\n1\n");
        File.Delete(Path.Combine(Run, "invariance", "plots", "a plot #1.svg"));
        var page = Make();

        Assert.Equal(["ZF1216", "ZF1411", "ZF1412", "ZF1413", "ZF1414"], log.Warnings.Select(warning => warning.Code).Order());
        Assert.Contains("line 2 is no row of metrics", page);
        Assert.Contains("row 1 has 1 fields, the header 2", page);
        Assert.Contains("a plot #1.svg is missing", page);
        Assert.Contains("id=\"conv3-11\"", page);
        Assert.DoesNotContain("id=\"conv1-0\"", page);
    }

    [Fact]
    public void ASectionShowsNoFileFromOutsideItsFolder()
    {
        new SyntheticRun(Fashion.Declaration, Run).Trained();
        File.WriteAllText(folder["secret.txt"], "top,secret\n1,2\n");
        new ReportSection { Id = "x", Title = "X", Order = 1, Figures = [new("../../secret.txt", "a secret", "")], Tables = [new("../../secret.txt", "a secret")] }.Write(Path.Combine(Run, "x"));
        Make();
        Assert.Equal(["ZF1414"], log.Warnings.Select(warning => warning.Code));
        Assert.Empty(Directory.GetFiles(Run, "secret.txt", SearchOption.AllDirectories));
        Assert.DoesNotContain("top,secret", File.ReadAllText(Path.Combine(Run, "report", "index.html")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../../../escape", "ZF1412")]
    [InlineData("nested/escape", "ZF1412")]
    [InlineData("conv2", "ZF1490")]
    public void ALayersSpritesGoToTheFolderOfThatLayerAndNowhereElse(string layer, string code)
    {
        new SyntheticRun(Fashion.Declaration, Run).Trained().Visualized(["conv1", "conv2"]);
        var index = Path.Combine(Run, "visualize", "conv1", "sprites", "index.json");
        Seals.Change(index, content => content["layer"] = layer);
        Make();
        Assert.Equal([(code, index)], log.Warnings.Select(warning => (warning.Code, warning.File)));
        Assert.Equal(["conv2"], Directory.GetDirectories(Path.Combine(Run, "report", "layers")).Select(Path.GetFileName));
        Assert.Empty(Directory.GetDirectories(folder.Path, "escape", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("visualize/conv1/sprites/index.json")]
    [InlineData("invariance/section.json")]
    public void AReportOfPicturesThatWereReplacedMeanwhileIsNotMade(string replaced)
    {
        new SyntheticRun(Fashion.Declaration, Run).Trained().Visualized(["conv1"], mostMaps: 3).Analysed();
        Make();
        var run = ReportRun.Read("Fashion", "run", Run, null, log);
        File.AppendAllText(Path.Combine(Run, replaced), " ");

        var refusal = Assert.Throws<ZfDeclException>(() => RunReport.Write(run, null, Path.Combine(Run, "report"), log));
        Assert.Equal(("ZF1228", Path.Combine(Run, replaced)), (refusal.Code, refusal.File));
        Assert.True(File.Exists(Path.Combine(Run, "report", "index.html")));
        Assert.DoesNotContain(Directory.GetFileSystemEntries(Run), path => path.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void AnEvaluationWithoutImagesSaysHowToGetThemAndKeepsItsMatrix()
    {
        new SyntheticRun(Fashion.Declaration, Run).Trained().Evaluated(withImages: false);
        var page = Make();
        Assert.Contains("This evaluation kept no images. <code>`evaluate spec=Fashion run=run`</code> keeps some of each cell", page, StringComparison.Ordinal);
        Assert.Contains("<table class=\"confusion\">", page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"#images/", page, StringComparison.Ordinal);
        Assert.Empty(log.Warnings);
    }

    [Fact]
    public void ATableOfMisclassifiedImagesThatWasChangedIsNamedAndNothingOfItIsShown()
    {
        new SyntheticRun(Fashion.Declaration, Run).Trained().Evaluated();
        var table = Path.Combine(Run, "evaluate", MisclassifiedImages.TableFile);
        File.WriteAllText(table, File.ReadAllText(table).Replace(",Coat,", ",Bag,", StringComparison.Ordinal));
        var page = Make();
        Assert.Equal([("ZF1413", table)], log.Warnings.Select(warning => (warning.Code, warning.File)));
        Assert.DoesNotContain("class=\"gallery\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void AnOlderReportIsReplacedAsAWhole()
    {
        new SyntheticRun(Fashion.Declaration, Run).Trained();
        Make();
        File.WriteAllText(Path.Combine(Run, "report", "stale.txt"), "");
        Make();
        Assert.Equal(["index.html"], Directory.GetFiles(Path.Combine(Run, "report")).Select(Path.GetFileName));
        Assert.Equal(["report"], Directory.GetDirectories(Run).Select(Path.GetFileName));
    }

    [Fact]
    public void SectionsOfFoldersWithinAFolderStandWithinItsSection()
    {
        new ReportSection { Id = "occlude", Title = "Occlusion", Order = 2 }.Write(Path.Combine(Run, "occlude"));
        new ReportSection { Id = "ten", Title = "Tenth image", Order = 5 }.Write(Path.Combine(Run, "occlude", "10"));
        new ReportSection { Id = "two", Title = "Second image", Order = 5 }.Write(Path.Combine(Run, "occlude", "2"));
        new ReportSection { Id = "first", Title = "Evolution", Order = 1 }.Write(Path.Combine(Run, "evolve"));
        var page = Make();
        int At(string text) => page.IndexOf(text, page.IndexOf("<main", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.True(At(">Evolution</h2>") < At(">Occlusion</h2>") && At(">Occlusion</h2>") < At(">Second image</h3>") && At(">Second image</h3>") < At(">Tenth image</h3>"));
        Assert.True(At(">Evolution</h2>") > 0);
    }

    [Fact]
    public void WhatAnAnalysisLeftOutStandsInItsSection()
    {
        new SyntheticRun(Fashion.Declaration, Run).Trained();
        new ReportSection { Id = "few", Title = "Few", Order = 1, Warnings = ["a<b.png: image left out"] }.Write(Path.Combine(Run, "few"));
        new ReportSection { Id = "many", Title = "Many", Order = 2, Warnings = [.. Enumerable.Range(1, 11).Select(i => $"{i}.png: image left out")] }.Write(Path.Combine(Run, "many"));
        var page = Make();
        Assert.Contains("<li>a&lt;b.png: image left out</li>", page, StringComparison.Ordinal);
        Assert.Contains("<summary>11 warnings</summary>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void LayersOfTwoNetworksArePairedByName()
    {
        static LayerInfo[] Named(string names) => [.. names.Split(' ').Select((name, i) => new LayerInfo(i, name, "conv", new(1, 1, 1), default, 0, 0, i))];
        var pairs = ArchitecturePart.Pairs(Named("conv1 pool1 conv3 fc"), Named("conv1 conv2 conv3 conv4 fc"));
        Assert.Equal("conv1/conv1 /conv2 pool1/ conv3/conv3 /conv4 fc/fc", string.Join(' ', pairs.Select(pair => $"{pair.Own?.Name}/{pair.Other?.Name}")));
    }

    [Fact]
    public void TheRecordOfANetworkIsThatOfTheNetworkAsCreated()
    {
        var record = NetworkRecord.Of(Fashion.Declaration, 3);
        record.Write(folder.Path);
        var read = NetworkRecord.Read(folder.Path)!;
        Assert.Equal(record.Layers, read.Layers);
        var last = read.Layers.Single(layer => layer.Name == "fc5");
        Assert.Equal((new FeatureShape(3, 1, 1), 3 * (256 + 1)), (last.Output, last.Parameters));
        Assert.Equal(Fashion.Declaration.Layer("conv3"), read.Layers.Single(layer => layer.Name == "conv3"));
    }

    [Theory]
    [InlineData(2560, "2,560")]
    [InlineData(206538, "207 k")]
    [InlineData(6_200_000, "6.20 M")]
    [InlineData(1_168_000_000, "1.17 G")]
    public void LargeNumbersAreShort(long number, string text) => Assert.Equal(text, Figures.Short(number));

    private string Make() => File.ReadAllText(RunReport.Write(ReportRun.Read("Fashion", "run", Run, null, log), null, Path.Combine(Run, "report"), log));
}
