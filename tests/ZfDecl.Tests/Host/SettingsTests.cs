using ZfDecl.Cli;
using ZfDecl.Runs;

namespace ZfDecl.Tests.Host;

public class SettingsTests
{
    [Fact]
    public void WhatTheUserGivesWinsAndKeepsItsOrigin()
    {
        var settings = Given(("batch", "64"));

        var batch = settings.WholeNumber("batch", 128, written: true, min: 1);
        var epochs = settings.WholeNumber("epochs", 12, written: true, min: 1);
        var seed = settings.WholeNumber("seed", 1L);

        Assert.Equal((64, 12, 1L), (batch, epochs, seed));
        Assert.Equal(
            [new Setting("batch", "64", SettingOrigin.Property), new Setting("epochs", "12", SettingOrigin.Spec), new Setting("seed", "1", SettingOrigin.Default)],
            settings.Used);
    }

    [Theory]
    [InlineData("abc", "-p:Batch=abc: 'abc' is no whole number; give 1 … 4096")]
    [InlineData("1.5", "-p:Batch=1.5: '1.5' is no whole number; give 1 … 4096")]
    [InlineData("0", "-p:Batch=0: 0 is out of range; give 1 … 4096")]
    [InlineData("-3", "-p:Batch=-3: -3 is out of range; give 1 … 4096")]
    [InlineData("99999999999", "-p:Batch=99999999999: '99999999999' is out of range; give 1 … 4096")]
    public void ABadWholeNumberIsNamedAsTheUserTypedIt(string text, string message) =>
        AssertRefused(message, () => Given(("batch", text)).WholeNumber("batch", 128, min: 1, max: 4096));

    [Theory]
    [InlineData("fast", "-p:LearningRate=fast: 'fast' is no number; give one such as 0.05 or 5e-2")]
    [InlineData("0,05", "-p:LearningRate=0,05: '0,05' is no number; give one such as 0.05 or 5e-2")]
    [InlineData("NaN", "-p:LearningRate=NaN: 'NaN' is no number; give one such as 0.05 or 5e-2")]
    [InlineData("1e999", "-p:LearningRate=1e999: '1e999' is no number; give one such as 0.05 or 5e-2")]
    [InlineData("0", "-p:LearningRate=0: 0 is out of range; give more than 0")]
    public void ABadNumberIsNamedAsTheUserTypedIt(string text, string message) =>
        AssertRefused(message, () => Given(("learning-rate", text)).Number("learning-rate", 0.1, above: 0));

    [Fact]
    public void ANumberIsReadWithAPointWhateverTheCulture()
    {
        var settings = Given(("learning-rate", "5e-2"));

        Assert.Equal(0.05, settings.Number("learning-rate", 0.1, above: 0));
        Assert.Equal("0.05", settings.Used.Single().Value);
    }

    [Fact]
    public void AChoiceIgnoresCaseAndAMisspeltOneGetsTheNearest()
    {
        Assert.Equal("cuda", Given(("device", "CUDA")).Choice("device", "cpu", ["cpu", "cuda"]));
        AssertRefused(
            "-p:Device=cudo: there is no 'cudo'; did you mean 'cuda'? give one of cpu, cuda",
            () => Given(("device", "cudo")).Choice("device", "cpu", ["cpu", "cuda"]));
    }

    [Theory]
    [InlineData("conv2,conv1")]
    [InlineData("conv2;conv1")]
    [InlineData("Conv2 + CONV1")]
    [InlineData("conv2 conv1 conv2")]
    public void SeveralChoicesComeInTheOrderGiven(string text) =>
        Assert.Equal(["conv2", "conv1"], Given(("layers", text)).Choices("layers", ["conv3"], ["conv1", "conv2", "conv3"]));

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("""a\b""")]
    public void ARunsNameCannotLeaveItsFolder(string text) =>
        AssertRefused($"-p:Run={text}: '{text}' cannot be the name of a folder; use letters, digits, '-' and '_'", () => Given(("run", text)).FileName("run", "default"));

    [Fact]
    public void APathIsMeantFromWhereTheUserStands()
    {
        var settings = Given(("data", "some images"));

        Assert.Equal(Path.Combine(Environment.CurrentDirectory, "some images"), settings.FilePath("data", null));
        Assert.Null(settings.FilePath("artifacts", null));
    }

    [Fact]
    public void TheReportIsATableOfValuesAndOrigins()
    {
        var settings = Given(("learning-rate", "0.5"), ("top", "3"));
        settings.WholeNumber("batch", 128, written: true);
        settings.Number("learning-rate", 0.1);
        settings.Text("device", "cpu");
        using var output = new StringWriter { NewLine = "\n" };
        using var log = new ConsoleLog(output, TextWriter.Null);

        settings.Report(log);

        Assert.Equal(
            """
              batch          128  spec
              learning-rate  0.5  -p:LearningRate
              device         cpu  default
              not used here: -p:Top

            """.ReplaceLineEndings("\n"),
            output.ToString());
    }

    [Fact]
    public void AWholeNumberMayBeNone()
    {
        var settings = Given(("patience", "NONE"));

        Assert.Null(settings.WholeNumberOrNone("patience", 5, written: true, min: 1));
        Assert.Equal("none", Assert.Single(settings.Used).Value);
        Assert.Equal(5, Given().WholeNumberOrNone("patience", 5, written: true, min: 1));
        Assert.Equal(7, Given(("patience", "7")).WholeNumberOrNone("patience", null, written: false, min: 1));
        AssertRefused("-p:Patience=0: 0 is out of range; give 1 … 2147483647, or 'none'", () => Given(("patience", "0")).WholeNumberOrNone("patience", null, written: false, min: 1));
        AssertRefused("-p:Patience=no: 'no' is no whole number; give 1 … 2147483647, or 'none'", () => Given(("patience", "no")).WholeNumberOrNone("patience", null, written: false, min: 1));
    }

    private static Settings Given(params (string Name, string Value)[] given) => new(given.ToDictionary(pair => pair.Name, pair => pair.Value));

    private static void AssertRefused(string message, Func<object?> ask)
    {
        var error = Assert.Throws<ZfDeclException>(ask);
        Assert.Equal(("ZF1003", message), (error.Code, error.Message));
    }
}
