using System.Text.Json.Nodes;
using ZfDecl.Analyses.Occlude;
using ZfDecl.Analyses.Visualize;
using ZfDecl.Findings;
using ZfDecl.Messages;
using ZfDecl.Models;
using ZfDecl.Runs;
using ZfDecl.Studies.Comparison;
using ZfDecl.Studies.Transfer;
using ZfDecl.Tests.Reporting;

namespace ZfDecl.Tests.Files;

/// <summary>Records that are well-formed JSON and wrong: each is refused with a code, the file and the member, and without the name of a type.</summary>
public sealed class RecordJsonTests : IDisposable
{
    private const string Run = "run.json", Network = "network.json", Sprites = "visualize/conv1/sprites/index.json", Grid = "occlude/1/occlusion.json", Section = "invariance/section.json";

    private readonly TemporaryFolder root = new();

    public RecordJsonTests() => new SyntheticRun(Fashion.Declaration, root.Path).Trained(2).Visualized(["conv1"], mostMaps: 3).Analysed();

    public void Dispose() => root.Dispose();

    [Theory]
    [InlineData(Run, "ZF1208", "classes", "[null, null]", "an entry of 'classes' is null")]
    [InlineData(Run, "ZF1208", "classes", "[\"only\"]", "'classes' has 1 entry")]
    [InlineData(Run, "ZF1208", "classes", "[]", "'classes' has 0 entries")]
    [InlineData(Run, "ZF1208", "classes", "null", "'classes' is null")]
    [InlineData(Run, "ZF1208", "settings", "[null]", "an entry of 'settings' is null")]
    [InlineData(Run, "ZF1208", "settings", "[3]", "'settings[0]' is not of the kind that it should be")]
    [InlineData(Run, "ZF1208", "settings", "[{ \"name\": \"a\", \"value\": \"b\" }]", "'settings[0]' lacks 'origin'")]
    [InlineData(Run, "ZF1208", "seed", "\"one\"", "'seed' is not of the kind that it should be")]
    [InlineData(Run, "ZF1208", "seed", "9999999999", "'seed' is not of the kind that it should be")]
    [InlineData(Run, "ZF1208", "seed", null, "the record lacks 'seed'")]
    [InlineData(Run, "ZF1208", "format", "0", "'format' is not a whole number")]
    [InlineData(Run, "ZF1208", "format", "{}", "'format' is not a whole number")]
    [InlineData(Network, "ZF1215", "layers", "[]", "'layers' is empty")]
    [InlineData(Network, "ZF1215", "layers", "[null]", "an entry of 'layers' is null")]
    [InlineData(Network, "ZF1215", "classes", "1", "'classes' is 1")]
    [InlineData(Sprites, "ZF1412", "top", "0", "'top' is 0")]
    [InlineData(Sprites, "ZF1412", "layer", "\"../../escape\"", "'../../escape'")]
    [InlineData(Sprites, "ZF1412", "maps", "[null]", "an entry of 'maps' is null")]
    [InlineData(Sprites, "ZF1412", "maps", "[{ \"map\": 0, \"units\": [null] }]", "an entry of 'units' is null")]
    [InlineData(Sprites, "ZF1412", "maps", "[{ \"map\": 0, \"units\": [] }, { \"map\": 0, \"units\": [] }]", "map 0 is there 2 times")]
    [InlineData(Sprites, "ZF1412", "maps", "[{ \"map\": 99999, \"units\": [] }]", "'map' is 99999")]
    [InlineData(Grid, "ZF1411", "stride", "0", "stride 0")]
    [InlineData(Grid, "ZF1411", "probability", "[2]", "probabilities")]
    [InlineData(Section, "ZF1410", "figures", "[null]", "an entry of 'figures' is null")]
    [InlineData(Section, "ZF1410", "title", "\"\"", "'title' is empty")]
    public void AMemberThatParsesAndIsWrongIsNamed(string file, string code, string member, string? value, string expected)
    {
        Change(file, member, value);

        var refusal = Refused(file);

        Assert.Equal((code, root[file]), (refusal.Code, refusal.File));
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"ZfDecl\.|System\.|`1", refusal.Message);
    }

    [Fact]
    public void ALayerThatIsThereTwiceIsNamed()
    {
        Seals.Change(root[Network], record => record["layers"]!.AsArray().Add(record["layers"]![0]!.DeepClone()));

        Assert.Contains("layer 'conv1' is there 2 times", Refused(Network).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AMemberThatIsThereTwiceIsNamed()
    {
        File.WriteAllText(root[Run], "{ \"seed\": 1, \"seed\": 2 }");
        Assert.Contains("'seed' is there twice", Refused(Run).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Run)]
    [InlineData(Network)]
    [InlineData(Sprites)]
    [InlineData(Grid)]
    [InlineData(Section)]
    public void ARecordCarriesItsFormatIsReadWithoutOneAndRefusedWithALargerOne(string file)
    {
        Assert.Equal(1, (int)JsonNode.Parse(File.ReadAllText(root[file]))!["format"]!);
        Change(file, "format", null);
        Read(file);
        Change(file, "format", "7");

        var refusal = Refused(file);

        Assert.Equal(("ZF1221", root[file]), (refusal.Code, refusal.File));
        Assert.Contains("made by a newer version: its format is 7, and this version reads up to 1", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ListsOfEarlierVersionsAreReadAndNowCarryAFormat()
    {
        var (overlaps, rows) = (root["overlaps.json"], root["rows.json"]);
        File.WriteAllText(overlaps, "[{ \"image\": 3, \"name\": \"a\", \"known\": \"b\", \"correlation\": 0.9 }]");
        Assert.Equal([new Overlap(3, "a", "b", 0.9)], OverlapFile.ReadOrMake(overlaps, () => throw new InvalidOperationException("it is kept")));
        File.WriteAllText(rows, "{ \"a\": { \"x\": 1 } }");
        Assert.Equal(["a"], StudyRows<JsonObject>.Read(rows).Keys);
        File.WriteAllText(rows, "{ \"a\": null }");
        Assert.Equal("ZF1423", Assert.Throws<ZfDeclException>(() => StudyRows<JsonObject>.Read(rows)).Code);

        File.Delete(overlaps);
        OverlapFile.ReadOrMake(overlaps, () => [new(4, "c", "d", 1)]);
        Assert.Equal(2, (int)JsonNode.Parse(File.ReadAllText(overlaps))!["format"]!);
        Assert.Equal(4, OverlapFile.ReadOrMake(overlaps, () => [])!.Single().Image);
    }

    private void Change(string file, string member, string? value) => Seals.Change(root[file], record =>
    {
        record.Remove(member);
        if (value is not null)
            record[member] = JsonNode.Parse(value);
    });

    private ZfDeclException Refused(string file) => Assert.Throws<ZfDeclException>(() => Read(file));

    private object? Read(string file) => Path.GetDirectoryName(root[file])! is var folder && file == Run ? RunRecord.Read(root[file])
        : file == Network ? NetworkRecord.Read(folder)
        : file == Sprites ? SpriteIndex.Read(folder)
        : file == Grid ? OcclusionGrid.Read(folder)
        : ReportSection.Read(folder);
}
