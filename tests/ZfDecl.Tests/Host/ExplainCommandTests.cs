using Pictures = ZfDecl.Tests.Data.Pictures;

namespace ZfDecl.Tests.Host;

/// <summary>Explain, on the weights that come with the repository.</summary>
[Collection(Alone.Name)]
public sealed class ExplainCommandTests : ShippedNetworks
{
    private static readonly string[] Coarse = ["--stride=6", "--images=300"];

    [Fact]
    public void AnImageOfTheDataGetsAPageAndItsSentencesAreSaid()
    {
        Assert.True(Explain("--image=7") == 0, errors.ToString());
        Assert.Contains("The network takes t10k[7] for Shirt, with a probability of 77.72", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("The data say so too.", output.ToString(), StringComparison.Ordinal);
        var page = File.ReadAllText(Path.Combine(Folder("shipped", "explain"), "t10k-7", "explanation.html"));
        Assert.Contains("Of 300 training images, taken evenly from 10,000", page, StringComparison.Ordinal);
        Assert.Contains("dotnet msbuild -t:Explain", page, StringComparison.Ordinal);
        Assert.Contains("dotnet msbuild -t:Trust", page, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherClassOrMapHasAPageOfItsOwn()
    {
        File.WriteAllBytes(artifacts["a.png"], Pictures.Png(60, 40, Pictures.Noise));
        Assert.True(Explain($"--image={artifacts["a.png"]}") == 0, errors.ToString());
        Assert.True(Explain($"--image={artifacts["a.png"]}", "--class=Coat") == 0, errors.ToString());
        Assert.Contains("What follows is about Coat, which was asked for", output.ToString(), StringComparison.Ordinal);
        Assert.True(Explain($"--image={artifacts["a.png"]}", "--layer=conv2", "--map=3") == 0, errors.ToString());
        Assert.Equal(["a.png", "a.png-Coat", "a.png-conv2-3"], Directory.GetDirectories(Folder("shipped", "explain")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("ZF1514: which image shall be explained?")]
    [InlineData("ZF1514: -p:Image=5+7: these are 2 images, and one is explained at a time", "--image=5+7")]
    [InlineData("ZF1431: -p:Image=nobody.png: no image is called 'nobody.png', and there is no such file", "--image=nobody.png")]
    [InlineData("ZF1170: ", "--image=5", "--class=Unicorn")]
    [InlineData("ZF1003: -p:Map=64: the maps of layer 'conv3' are 0 … 63", "--image=5", "--map=64")]
    [InlineData("ZF1003: -p:Layer=conv33: there is no 'conv33'; did you mean 'conv3'?", "--image=5", "--layer=conv33")]
    [InlineData("ZF1003: -p:Images=0: allowed is a whole number ≥ 1", "--image=5", "--images=0")]
    public void WhatCannotBeExplainedIsSaidWithARemedy(string message, params string[] settings)
    {
        Assert.Equal(1, Run("explain", settings));
        Assert.Contains($"error {message}", errors.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Folder("shipped", "explain")));
    }

    private int Explain(params string[] settings) => Run("explain", [.. Coarse, .. settings]);
}
