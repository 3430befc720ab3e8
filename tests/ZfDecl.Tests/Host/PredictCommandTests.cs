using System.Globalization;
using SkiaSharp;
using TorchSharp;
using ZfDecl.Analyses.Predict;
using ZfDecl.Files;
using ZfDecl.Findings;
using ZfDecl.Runs;
using Pictures = ZfDecl.Tests.Data.Pictures;

namespace ZfDecl.Tests.Host;

/// <summary>Predict, on the weights that come with the repository.</summary>
[Collection(Alone.Name)]
public sealed class PredictCommandTests : ShippedNetworks
{
    [Fact]
    public void ImagesOfTheDataAndPicturesOfOnesOwnAreTakenForClasses()
    {
        Picture("a.png");
        Assert.True(Run("predict", $"--image=7+{artifacts["a.png"]}+5") == 0, errors.ToString());
        Assert.Contains("t10k[7] (Shirt)", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("t10k[5] (Trouser)", output.ToString(), StringComparison.Ordinal);
        Assert.Matches(@"\n  Trouser +█+ +99\.99 %\r?\n", output.ToString());
        string[] rows = File.ReadAllLines(Path.Combine(Predicted, PredictionFiles.TableFile));
        Assert.Equal("image,class,rank,predicted,probability,score", rows[0]);
        Assert.Equal(1 + (3 * 5), rows.Length);
        Assert.StartsWith("t10k[7],Shirt,1,Shirt,0.777", rows[1], StringComparison.Ordinal);
        Assert.StartsWith($"{artifacts["a.png"]},,1,", rows[6].Replace('\\', '/'), StringComparison.Ordinal);
        using var sheet = SKBitmap.Decode(Path.Combine(Predicted, PredictionFiles.SheetFile));
        Assert.True(sheet.Width > 600 && sheet.Height > 200);
        Assert.Contains("<svg", File.ReadAllText(Path.Combine(Predicted, "predictions.svg")), StringComparison.Ordinal);
        Assert.Equal([PredictionFiles.SheetFile], ReportSection.Read(Predicted)!.Figures.Select(figure => figure.File));
    }

    [Fact]
    public void AFolderIsShownWithoutDataAndWhatIsBrokenInItIsLeftOut()
    {
        for (var i = 0; i < 7; i++)
            Picture($"photos/=sum {i}.png");
        File.WriteAllText(artifacts["photos/broken.png"], "no picture");
        File.WriteAllText(artifacts["photos/notes.txt"], "no picture, and none that says so");
        Assert.True(Run("predict", $"--image={artifacts["photos"]}") == 0, errors.ToString());
        Assert.DoesNotContain("IDX files", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("broken.png: warning ZF1130: image left out", errors.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("notes.txt", errors.ToString(), StringComparison.Ordinal);
        Assert.Matches(@"\n  =sum 0\.png: \w", output.ToString());
        Assert.Matches(@"\ntaken for: .* 7\r?\n", output.ToString());
        Assert.Equal(1 + (7 * 5), File.ReadAllLines(Path.Combine(Predicted, PredictionFiles.TableFile)).Length);
    }

    [Fact]
    public void ANameThatASpreadsheetWouldRunStandsBehindAMark()
    {
        Picture("=1+1.png");
        var here = Directory.GetCurrentDirectory();
        try
        {
            Directory.SetCurrentDirectory(artifacts.Path);
            Assert.True(Run("predict", "--image==1+1.png") == 0, errors.ToString());
        }
        finally
        {
            Directory.SetCurrentDirectory(here);
        }
        Assert.StartsWith("'=1+1.png,,1,", File.ReadAllLines(Path.Combine(Predicted, PredictionFiles.TableFile))[1], StringComparison.Ordinal);
    }

    [Fact]
    public void ATensorGivesWhatTheSamePicturesDo()
    {
        // What the network is shown of image 5, as Project keeps it.
        Assert.Equal(0, Run("project", "--image=5", $"--out={artifacts["five.safetensors"]}"));
        using var scope = torch.NewDisposeScope();
        var input = SafeTensorsFile.Read(artifacts["five.safetensors"])["input"].unsqueeze(0);
        SafeTensorsFile.Write(artifacts["in.safetensors"], [new("input", input)]);
        Assert.True(Run("predict", $"--input={artifacts["in.safetensors"]}", $"--out={artifacts["out.safetensors"]}", "--layers=conv1+CONV3") == 0, errors.ToString());
        Assert.Matches(@"\n  scores +\[1, 10\]\r?\n", output.ToString());
        var kept = SafeTensorsFile.Read(artifacts["out.safetensors"]);
        Assert.Equal(["conv1", "conv3", "output", "scores"], kept.Keys.Order());

        Assert.Equal(0, Run("predict", "--image=5"));
        var record = RunDirectory.OpenFinished(Repository.PathOf("specs", "weights", "Fashion")).Record;
        var (probabilities, scores) = (kept["output"].data<float>().ToArray(), kept["scores"].data<float>().ToArray());
        foreach (var row in File.ReadLines(Path.Combine(Predicted, PredictionFiles.TableFile)).Skip(1).Select(row => row.Split(',')))
        {
            var label = record.Classes.ToList().IndexOf(row[3]);
            Assert.Equal(probabilities[label], double.Parse(row[4], CultureInfo.InvariantCulture), 1e-6);
            Assert.Equal(scores[label], double.Parse(row[5], CultureInfo.InvariantCulture), 1e-4);
        }
    }

    [Theory]
    [InlineData("ZF1510: what shall the network be shown?")]
    [InlineData("ZF1510: -p:Image= and -p:Input= are both given", "--image=5", "--input=x.safetensors")]
    [InlineData("ZF1510: where shall the tensors go?", "--input=x.safetensors")]
    [InlineData("ZF1510: -p:Out= is the file of -p:Input=", "--input=x.safetensors", "--out=./x.safetensors")]
    [InlineData("ZF1510: -p:Out= goes with -p:Input=", "--image=5", "--out=y.safetensors")]
    [InlineData("ZF1510: -p:Layers= goes with -p:Input=", "--image=5", "--layers=conv1")]
    [InlineData("ZF1202: cannot read", "--input=nowhere.safetensors", "--out=y.safetensors")]
    [InlineData("ZF1003: -p:Layers=conv33: there is no 'conv33'; did you mean 'conv3'?", "--input=x.safetensors", "--out=y.safetensors", "--layers=conv33")]
    [InlineData("ZF1431: -p:Image=nobody.png: no image is called 'nobody.png', and there is no such file", "--image=nobody.png")]
    [InlineData("ZF1511: -p:Image=nowhere/*.png: there is no picture that can be read", "--image=nowhere/*.png")]
    [InlineData("ZF1511: -p:Image=+: there is no picture", "--image=+")]
    public void WhatCannotBeDoneIsSaidWithARemedy(string message, params string[] settings)
    {
        Assert.Equal(1, Run("predict", settings));
        Assert.Contains($"error {message}", errors.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Predicted));
    }

    [Fact]
    public void AFileThatIsThereIsReplacedOnlyWhenThatIsAsked()
    {
        Assert.Equal(0, Run("project", "--image=5", $"--out={artifacts["five.safetensors"]}"));
        string[] settings = [$"--input={artifacts["five.safetensors"]}", $"--out={artifacts["notes.txt"]}"];
        File.WriteAllText(artifacts["notes.txt"], "mine");
        Assert.Equal(1, Run("predict", settings));
        Assert.Contains("error ZF1530: ", errors.ToString(), StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(artifacts["notes.txt"]));
    }

    [Fact]
    public void ALauncherOfRanksChangesNothingHereAndThatIsSaid()
    {
        Assert.True(Run("predict", "--image=5", "--launch=mpirun -n 2") == 0, errors.ToString());
        Assert.Contains("changed nothing: -p:Launch", output.ToString() + errors, StringComparison.Ordinal);
    }

    [Fact]
    public void APictureThatIsNamedItselfMustBeOne()
    {
        File.WriteAllText(artifacts["broken.png"], "no picture");
        Picture("a.png");
        Assert.Equal(1, Run("predict", $"--image={artifacts["a.png"]}+{artifacts["broken.png"]}"));
        Assert.Contains("broken.png: error ZF1130:", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AnUntrainedNetworkIsShownPicturesToo()
    {
        Picture("a.png");
        Assert.True(Run("predict", "--run=untrained", $"--image={artifacts["a.png"]}") == 0, errors.ToString());
        Assert.True(File.Exists(Path.Combine(Folder("untrained", "predict"), PredictionFiles.TableFile)));
    }

    private string Predicted => Folder("shipped", "predict");

    private void Picture(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(artifacts[name])!);
        File.WriteAllBytes(artifacts[name], Pictures.Png(60, 40, Pictures.Noise));
    }
}
