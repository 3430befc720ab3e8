using ZfDecl.Cli;
using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Terminal;
using ZfDecl.Generators.Language;
using ZfDecl.Messages;
using Setting = ZfDecl.Cli.Configuration.Setting;
using Settings = ZfDecl.Cli.Configuration.Settings;

namespace ZfDecl.Tests.Host;

public class SettingsTests
{
    private static readonly Key<int> Batch = TrainKeys.Batch;

    [Fact]
    public void WhatTheUserGivesWinsAndKeepsItsOrigin()
    {
        var settings = Given(("batch", "64"));

        Assert.Equal((64, 12, 1), (settings.Value(Batch, 128, SettingOrigin.Spec), settings.Value(TrainKeys.Epochs, 12, SettingOrigin.Spec), settings.Value(SettingTable.Seed)));
        Assert.Equal(
            [new Setting("batch", "64", SettingOrigin.Property), new Setting("epochs", "12", SettingOrigin.Spec), new Setting("seed", "1", SettingOrigin.Default)],
            settings.Used);
    }

    [Theory]
    [InlineData("batch", "abc", "-p:Batch=abc: allowed is a whole number from 1 to 65,536")]
    [InlineData("batch", "1.5", "-p:Batch=1.5: allowed is a whole number from 1 to 65,536")]
    [InlineData("batch", "-3", "-p:Batch=-3: allowed is a whole number from 1 to 65,536")]
    [InlineData("epochs", "1000001", "-p:Epochs=1000001: allowed is a whole number from 1 to 1,000,000")]
    [InlineData("patience", "1000001", "-p:Patience=1000001: allowed is a whole number from 1 to 1,000,000, or 'none'")]
    [InlineData("threads", "99999999999", "-p:Threads=99999999999: allowed is a whole number from 1 to 1,024")]
    [InlineData("learning-rate", "0,05", "-p:LearningRate=0,05: allowed is a number > 0")]
    [InlineData("learning-rate", "NaN", "-p:LearningRate=NaN: allowed is a number > 0")]
    [InlineData("learning-rate", "1e999", "-p:LearningRate=1e999: allowed is a number > 0")]
    [InlineData("momentum", "1", "-p:Momentum=1: allowed is a number ≥ 0 and < 1")]
    [InlineData("initial-std", "she", "-p:InitialStd=she: allowed is a number > 0, or 'he'; did you mean 'he'?")]
    [InlineData("device", "cudo", "-p:Device=cudo: allowed is one of cpu, cuda; did you mean 'cuda'?")]
    [InlineData("rates", "bias", "-p:Rates=bias: allowed is names with factors, such as bias:2+conv1:0, each a number ≥ 0; or 'none'")]
    [InlineData("rates", "bias:2+bias:3", "-p:Rates=bias:2+bias:3: allowed is names with factors, such as bias:2+conv1:0, each a number ≥ 0; or 'none'")]
    [InlineData("run", "..", "-p:Run=..: allowed is the name of a folder: letters, digits, '-' and '_'")]
    [InlineData("run", "a/b", "-p:Run=a/b: allowed is the name of a folder: letters, digits, '-' and '_'")]
    [InlineData("run", """a\b""", """-p:Run=a\b: allowed is the name of a folder: letters, digits, '-' and '_'""")]
    public void AWrongValueIsNamedAsTheUserTypedIt(string name, string text, string message)
    {
        var fault = Assert.Single(new Settings(new Dictionary<string, string> { [name] = text }, Verbs.All.Single(verb => verb.Name == "train").Settings).Faults);
        Assert.Equal(("ZF1003", message), (fault.Code, fault.Message));
    }

    [Fact]
    public void ANumberIsReadWithAPointWhateverTheCulture()
    {
        var settings = Given(("learning-rate", "5e-2"));

        Assert.Equal(0.05, settings.Value(TrainKeys.LearningRate));
        Assert.Equal("0.05", settings.Used.Single().Value);
    }

    [Fact]
    public void CaseDoesNotMatterInWords()
    {
        Assert.Equal("cuda", Given(("device", "CUDA")).Value(SettingTable.Device));
        Assert.Null(Given(("patience", "NONE")).Value(TrainKeys.Patience, 5));
    }

    [Theory]
    [InlineData("conv2,conv1")]
    [InlineData("conv2;conv1")]
    [InlineData("Conv2 + CONV1")]
    [InlineData("conv2 conv1 conv2")]
    public void SeveralChoicesComeInTheOrderGiven(string text) =>
        Assert.Equal(["conv2", "conv1"], Given(("layers", text)).Choices(VisualizeKeys.Layers, ["conv3"], ["conv1", "conv2", "conv3"]));

    [Fact]
    public void AllThatDependsOnTheNetworkIsSaidTogetherToo()
    {
        var settings = Given(("layers", "conv9"), ("layer", "pol1"));
        settings.Choices(VisualizeKeys.Layers, ["conv1"], ["conv1", "conv2"]);
        settings.Choice(SettingTable.Layer, "conv1", ["conv1", "pool1"]);

        Assert.Equal(
            ["-p:Layers=conv9: there is no 'conv9'; did you mean 'conv1'? give one of conv1, conv2", "-p:Layer=pol1: there is no 'pol1'; did you mean 'pool1'? give one of conv1, pool1"],
            settings.Faults.Select(fault => fault.Message));
        Assert.Throws<ZfDeclException>(() => settings.Report(new ConsoleLog(TextWriter.Null, TextWriter.Null)));
    }

    [Fact]
    public void APathIsMeantFromWhereTheUserStands()
    {
        var settings = Given(("data", "some images"));

        Assert.Equal(Path.Combine(Environment.CurrentDirectory, "some images"), settings.FilePath(SettingTable.Data, null));
        Assert.Null(settings.FilePath(SettingTable.Artifacts, null));
    }

    [Fact]
    public void AVerbCannotAskForWhatItDoesNotDeclare() =>
        Assert.Throws<InvalidOperationException>(() => new Settings(new Dictionary<string, string>(), []).Value(Batch));

    [Fact]
    public void TheReportIsATableOfValuesAndOrigins()
    {
        var settings = Given(("learning-rate", "0.5"), ("top", "3"));
        settings.Value(Batch, 128, SettingOrigin.Spec);
        settings.Value(TrainKeys.LearningRate, 0.1);
        settings.Value(SettingTable.Device);
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

    private static Settings Given(params (string Name, string Value)[] given) => new(given.ToDictionary(pair => pair.Name, pair => pair.Value));
}
