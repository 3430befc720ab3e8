using ZfDecl.Generators.Kinds;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Primitives;
using ZfDecl.Generators.Schema;

namespace ZfDecl.Generators.Tests.Schema;

/// <summary>The JSON schema against the definitions it comes from, the shipped specs and the parser.</summary>
public class SpecSchemaTests
{
    private const string Head = "network: Test\ninput: { channels: 1, height: 28, width: 28 }\nclasses: 10\nlayers:\n";
    private static readonly SchemaValidator Schema = SchemaValidator.Create(SpecSchema.Text);

    // The variants of a study are those of a spec, in whose schema the validator is not led to look.
    private static readonly SchemaValidator Study = SchemaValidator.Create(StudySchema.Text.Replace("zfdecl.schema.json#/definitions/variant", "#/definitions/row", StringComparison.Ordinal));

    public static TheoryData<string> ShippedSpecs => [.. Directory.GetFiles(Repository.Specs, "*.yaml").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Fact]
    public void TheFileBesideTheSpecsIsTheSchemaOfTheParser()
    {
        var file = Path.Combine(Repository.Specs, "zfdecl.schema.json");
        if (Environment.GetEnvironmentVariable("ZFDECL_APPROVE") == "1")
            File.WriteAllText(file, SpecSchema.Text);
        Assert.True(
            File.Exists(file) && File.ReadAllText(file).ReplaceLineEndings("\n") == SpecSchema.Text,
            $"{file} differs from the definitions of the language; run the tests with ZFDECL_APPROVE=1 to write it again");
    }

    [Fact]
    public void TheSchemaOfStudiesIsThatOfTheirReader()
    {
        var file = Path.Combine(Repository.Specs, "zfdecl-study.schema.json");
        if (Environment.GetEnvironmentVariable("ZFDECL_APPROVE") == "1")
            File.WriteAllText(file, StudySchema.Text);
        Assert.True(File.Exists(file) && File.ReadAllText(file).ReplaceLineEndings("\n") == StudySchema.Text, $"{file} differs from the definitions of the language; run the tests with ZFDECL_APPROVE=1 to write it again");
        Assert.All(StudyKeys.Row, key => Assert.Contains($"\"description\": \"{key.Summary}\"", StudySchema.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void AShippedStudyIsValidAndNamesItsSchema()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Specs, "studies"), "*.yaml"))
        {
            Assert.Empty(Study.Problems(File.ReadAllText(file)));
            Assert.StartsWith("# yaml-language-server: $schema=../zfdecl-study.schema.json\n", File.ReadAllText(file), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("study: x\n")]
    [InlineData("study: x\nrows: []\n")]
    [InlineData("study: x\nsedes: [1]\nrows: [ { label: a, spec: Zf8 } ]\n")]
    [InlineData("study: x\nrows: [ { label: a, spec: Zf8, batsh: 3 } ]\n")]
    [InlineData("study: x\nrows: [ { label: a, spec: Zf8, epochs: 0 } ]\n")]
    [InlineData("study: x\nrows: [ { label: a, spec: Zf8, rates: { bias: -1 } } ]\n")]
    [InlineData("study: x\nrows: [ { label: a, spec: Zf8, paper: { val: 140 } } ]\n")]
    public void AWrongStudyIsRefusedByItsSchema(string study) => Assert.NotEmpty(Study.Problems(study));

    [Theory]
    [MemberData(nameof(ShippedSpecs))]
    public void AShippedSpecIsValidAndNamesTheSchema(string file)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Specs, file));
        Assert.Empty(Schema.Problems(text));
        Assert.StartsWith("# yaml-language-server: $schema=zfdecl.schema.json\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("extends: Zf8\nvariants:\n  Wide: { change: { fc6: { units: 8192 }, conv1: { kernel: [7, 5] } } }\n  Deep: { insert-after: { relu5: [ { relu: relu9 }, { dropout: drop9 } ] } }\n")]
    [InlineData("network: Small\nextends: Zf8\ninput: { height: 100 }\nremove: [conv3, relu3]\ninsert-before: { fc6: { dropout: drop2 } }\nvisualize: { layers: conv1 }\n")]
    [InlineData("network: Test\nsummary: 2014\ninput: { channels: 1, height: 28, width: 28 }\nclasses: 10\nlayers: [ { dense: 'fc1', bias: false } ]\ntrain: { filter-rms: none, initial-std: .5, anneal: 'step', patience: none, rates: { bias: 2, fc1: 0 }, decay: {} }\npreprocess: { augment: flip, divide: 255. }\n")]
    [InlineData(Head + "  - { dense: fc1 }\npreprocess: { augment: none, divide: std }\n")]
    [InlineData(Head + "  - { dense: fc1 }\npreprocess: { divide: deviation }\n")]
    public void WhatTheParserTakesIsValid(string spec)
    {
        Assert.Empty(SpecCompiler.Read("test.yaml", spec).Found);
        Assert.Empty(Schema.Problems(spec));
    }

    [Theory]
    [InlineData("network: Test\n")]
    [InlineData("network: Test\ninput: { channels: 1, height: 28, width: 28 }\nclasses: 10\nlayers: []\n")]
    [InlineData("network: Test\ninput: { channels: 1, width: 28 }\nclasses: 10\nlayers: [ { dense: fc1 } ]\n")]
    [InlineData("network: test\ninput: { channels: 1, height: 28, width: 28 }\nclasses: 10\nlayers: [ { dense: fc1 } ]\n")]
    [InlineData("network: Test\nextends: Zf8\nlayers: [ { dense: fc1 } ]\n")]
    [InlineData("extends: Zf8\nclasses: 7\nvariants: { Wide: { classes: 10 } }\n")]
    [InlineData("network: Test\nextends: Zf8\nvariants: { Wide: { extends: Zf8 } }\n")]
    [InlineData("network: Test\nextends: Zf8\nremove: [ [conv1] ]\n")]
    [InlineData(Head + "  - { cnov: conv1, maps: 8, kernel: 3 }\n")]
    [InlineData(Head + "  - { conv: conv1, maps: 8, kernel: 3, strid: 2 }\n")]
    [InlineData(Head + "  - { conv: conv1, maps: 8, kernel: three }\n")]
    [InlineData(Head + "  - { conv: conv1, maps: 8, kernel: 3, stride: -2 }\n")]
    [InlineData(Head + "  - { conv: conv1, maps: 8, kernel: [3, 3, 3] }\n")]
    [InlineData(Head + "  - { conv: conv1, maps: 8 }\n")]
    [InlineData(Head + "  - { conv: conv1, maps: '8', kernel: 3 }\n")]
    [InlineData(Head + "  - { conv: Conv1, maps: 8, kernel: 3 }\n")]
    [InlineData(Head + "  - { maxpool: pool1, kernel: 3, rounding: sideways }\n")]
    [InlineData(Head + "  - { dense: fc1, bias: yes }\n")]
    [InlineData(Head + "  - { dense: fc1, bias: 'true' }\n")]
    [InlineData(Head + "  - { dense: }\n")]
    [InlineData(Head + "  - { dense: fc1 }\nchange: { fc1: { units: 3 } }\n")]
    [InlineData(Head + "  - { dense: fc1 }\ntrain: { momentum: 1 }\n")]
    [InlineData(Head + "  - { dense: fc1 }\ntrain: { rates: { bias: -1 } }\n")]
    [InlineData(Head + "  - { dense: fc1 }\ntrain: { decay: 0 }\n")]
    [InlineData(Head + "  - { dense: fc1 }\ntrain:\n")]
    [InlineData(Head + "  - { dense: fc1 }\nvisualise: { top: 3 }\n")]
    public void AWrongSpecIsRefusedByBoth(string spec)
    {
        var @base = File.ReadAllText(Path.Combine(Repository.Specs, "zf8.yaml"));
        Assert.NotEmpty(SpecCompilation.Of(("specs/test.yaml", spec), ("specs/zf8.yaml", @base)).Diagnostics);
        Assert.NotEmpty(Schema.Problems(spec));
    }

    [Fact]
    public void EveryKindAndKeyIsExplained()
    {
        Assert.All(LayerKind.All, kind => Assert.Contains($"\"description\": \"{kind.Summary}\"", SpecSchema.Text, StringComparison.Ordinal));
        Assert.All(LayerKind.All.SelectMany(kind => kind.Keys).Concat(SpecKeys.Top), key => Assert.Contains($"\"description\": \"{key.Summary}\"", SpecSchema.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("conv1")]
    [InlineData("c")]
    [InlineData("Conv1")]
    [InlineData("1conv")]
    [InlineData("con-v")]
    [InlineData("")]
    [InlineData("cönv")]
    [InlineData("conv_1")]
    public void ThePatternsOfNamesAreTheRuleOfNames(string name)
    {
        Assert.Equal(Names.ProblemOfLayer(name) is null, System.Text.RegularExpressions.Regex.IsMatch(name, NamePatterns.Layer));
        Assert.Equal(Names.ProblemOfNetwork(name) is null, System.Text.RegularExpressions.Regex.IsMatch(name, NamePatterns.Network));
    }
}
