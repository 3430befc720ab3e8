using System.Text.RegularExpressions;
using ZfDecl.Analyses.Explain;
using ZfDecl.Findings;
using ZfDecl.Report.Explain;
using ZfDecl.Tests.Analysis.Explain;
using ZfDecl.Tests.Data;

namespace ZfDecl.Tests.Reporting;

/// <summary>The page of an explanation.</summary>
[Collection(Alone.Name)]
public sealed partial class ExplanationPageTests : IDisposable
{
    private static readonly Explanation Whole = Explanations.Sure.Covered(8, 0.3f).With((4, 0.6), (5, 0.88)).Rules(0.7, 0.5, deletion: 0.2).Alike("cat", "dog");

    private readonly TemporaryFolder folder = new();
    private readonly CapturedLog log = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ItNeedsNothingBesideIt()
    {
        var page = Page(Whole);
        Assert.All(Address().Matches(page), link => Assert.Matches("^(#|data:)", link.Groups[1].Value));
        Assert.DoesNotContain("url(", page.Replace("url(&quot;data:", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("http", Pictures().Replace(page, ""), StringComparison.Ordinal);
        string[] sections = ["summary", "output", "occlusion", "maps", "similar", "gradient", "caveats", "provenance"];
        Assert.Equal(sections, Section().Matches(page).Select(match => match.Groups[1].Value));
        Assert.All(sections, section => Assert.Contains($"href=\"#{section}\"", page, StringComparison.Ordinal));
    }

    [Fact]
    public void ItSaysTheSentencesTheProbabilitiesAndTheFigures()
    {
        var page = Page(Whole);
        Assert.All(new ExplanationSummary(Whole).Sentences(), sentence => Assert.Contains($"<li>{System.Net.WebUtility.HtmlEncode(sentence)}</li>", page, StringComparison.Ordinal));
        Assert.Contains("<th scope=\"row\">cat</th><td>90.00&#160;%</td>", page, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">4</th><td>3.00</td><td>1, 2</td><td>60.00&#160;%</td><td>−30.00</td>", page, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">Grad-CAM</th><td>0.200</td><td>0.70</td>", page, StringComparison.Ordinal);
        Assert.Contains("<b>cat</b> 0.900", page, StringComparison.Ordinal);
        Assert.Contains("zf.occlusion(\"occlusion\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void ANameIsTextAndNoMarkup()
    {
        var page = Page(Whole with { Prediction = Whole.Prediction with { Name = "<b>&.png", Class = "</script><b>" }, Classes = ["</script>cat", "dog", "bird"] });
        Assert.Contains("&lt;b&gt;&amp;.png", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>&.png", page, StringComparison.Ordinal);
        Assert.Equal(1, Script().Count(page));
    }

    [Fact]
    public void WithoutImagesToCompareWithItSaysWhy() =>
        Assert.Contains("There is nothing to compare with: the images are gone.", Page(Whole with { Similar = null, NothingSimilar = "the images are gone" }), StringComparison.Ordinal);

    [Fact]
    public void OtherImagesThanThoseOfTheTrainingAreSaidToBe()
    {
        const string Others = "The network was not trained on these images.";
        Assert.DoesNotContain(Others, Page(Whole), StringComparison.Ordinal);
        Assert.Contains(Others, Page(Whole with { SimilarAreTraining = false }), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsNotMeasuredIsNamedWithTheCommandThatMeasuresIt()
    {
        var page = Page(Whole);
        Assert.Contains("<code>`trust spec=Toy run=mine`</code>", page, StringComparison.Ordinal);
        Assert.Contains("<code>`evaluate spec=Toy run=mine`</code>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void ThisNetworksOwnFiguresStandThereWhereTheyWereMeasured()
    {
        new ReportSection { Id = "trust", Title = "Trust", Order = 1, Subject = "validation, 40 images", Text = ["Occlusion: in 80 % of 40 images it is on the object."] }.Write(Path.Combine(folder.Path, "trust"));
        Directory.CreateDirectory(folder["evaluate"]);
        File.WriteAllText(folder["evaluate/confusion.csv"], "class,cat,dog,bird\ncat,6,2,0\ndog,3,10,0\nbird,1,0,5\n");
        var page = Page(Whole);
        Assert.Contains("<p>Occlusion: in 80 % of 40 images it is on the object.</p>", page, StringComparison.Ordinal);
        Assert.Contains("of 10 images that it took for cat, 60.00&#160;% were (precision); of 8 images of cat it found 75.00&#160;% (recall).", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<code>`trust", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<code>`evaluate", page, StringComparison.Ordinal);
        Assert.Empty(log.Warnings);
    }

    [Fact]
    public void DamagedFiguresAreWarnedOfAndDoneWithout()
    {
        Directory.CreateDirectory(folder["trust"]);
        File.WriteAllText(folder["trust/section.json"], "{ no section");
        Assert.Contains("<code>`trust spec=Toy run=mine`</code>", Page(Whole), StringComparison.Ordinal);
        Assert.Equal("ZF1410", Assert.Single(log.Warnings).Code);
    }

    [Fact]
    public void AMapIsExplainedWithoutProbabilities()
    {
        var page = Page(Explanations.OfMap(3, 10, 2).Alike("", ""));
        Assert.DoesNotContain("robability", Style().Replace(page, ""), StringComparison.Ordinal);
        Assert.Contains("map 2 of conv2", page, StringComparison.Ordinal);
        Assert.Contains("and 'Toy' has none", System.Net.WebUtility.HtmlDecode(page), StringComparison.Ordinal);
    }

    [Fact]
    public void ALayerThatCannotBeProjectedIsSaidToBe()
    {
        var page = Page(Whole with { Maps = [.. Whole.Maps.Select(map => map with { Projection = [], Gradient = [] })] });
        Assert.Contains("conv2 cannot be projected", page, StringComparison.Ordinal);
        Assert.DoesNotContain("footnote 1", page, StringComparison.Ordinal);
    }

    private string Page(Explanation found)
    {
        var path = folder["page.html"];
        ExplanationPage.Write(path, found, new() { Spec = "Toy", Run = "mine", Weights = "run mine", Folder = folder.Path, Record = null, Command = "dotnet msbuild -t:Explain -p:Image=photo.png" }, log);
        return File.ReadAllText(path);
    }

    [GeneratedRegex("(?:src|href)=\"([^\"]*)\"")]
    private static partial Regex Address();

    [GeneratedRegex("data:image/png;base64,[A-Za-z0-9+/=]*")]
    private static partial Regex Pictures();

    [GeneratedRegex("<section id=\"([a-z]+)\"")]
    private static partial Regex Section();

    [GeneratedRegex("</script>")]
    private static partial Regex Script();

    [GeneratedRegex("(?s)<(script|style)>.*?</\\1>")]
    private static partial Regex Style();
}
