using System.Diagnostics;
using System.Globalization;
using ZfDecl.Fuzz;
using ZfDecl.Generators.Emitting;
using ZfDecl.Generators.Reading;
using ZfDecl.Generators.Tests.Schema;

namespace ZfDecl.Generators.Tests;

/// <summary>Texts that nobody would write. <c>dotnet run -c Release --project tests/ZfDecl.Fuzz</c> goes on for longer.</summary>
public class FuzzTests
{
    [Fact]
    public void MutatedSpecsNeitherThrowNorHangAndSayWhereTheyAreWrong()
    {
        var summary = new SpecFuzzer(mostRuns: 20).Run(seed: 1, count: 700);
        Assert.Empty(summary.Findings.Select(finding => $"seed {finding.Seed}: {finding.What}\n{finding.Spec}"));
        Assert.InRange(summary.Compiled, 30, 700);
        Assert.Equal(20, summary.Ran);
        Assert.InRange(summary.Codes.Count, 12, 100);
    }

    [Fact]
    public void WhatTheParserTakesIsValidByTheSchema()
    {
        var schema = SchemaValidator.Create(Generators.Schema.SpecSchema.Text);
        var accepted = 0;
        for (var seed = 0; seed < 1500; seed++)
        {
            var spec = SpecFuzzer.Spec(seed);
            var file = SpecCompiler.Read("specs/a.yaml", spec);
            if (spec.Length > 20_000 || file.Found.Count > 0 || SpecCompiler.Compile(new SpecIndex([file]).ChainOf(file), new("N", "")) is not { Diagnostics.Count: 0, Networks.Count: > 0 })
                continue;
            accepted++;
            var problems = schema.Problems(spec);
            Assert.True(problems.Count == 0, $"seed {seed}: {string.Join("; ", problems)}\n{spec}");
        }
        Assert.InRange(accepted, 50, 1500);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("a\n")]
    [InlineData("\0")]
    [InlineData("k: &a [*a]\n")]
    [InlineData("\uFEFF")]
    [InlineData("\t")]
    public void AnyAmountOfOneThingIsRefusedAtOnce(string part)
    {
        string large = string.Concat(Enumerable.Repeat(part, 250_000 / part.Length)), tooLarge = string.Concat(Enumerable.Repeat(part, (10 << 20) / part.Length));
        foreach (var text in new[] { large, $"\uFEFF{large}", $"a:\u00A0{large}", tooLarge })
        {
            var watch = Stopwatch.StartNew();
            var found = SpecCompiler.Read("specs/a.yaml", text).Found;
            Assert.InRange(watch.Elapsed, TimeSpan.Zero, SpecFuzzer.Limit);
            Assert.Contains(found, one => one.IsError && one.Span.End <= text.Length);
        }
    }

    [Fact]
    public void AnAliasBombIsRefusedAtItsFirstAlias()
    {
        const string bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n";
        var found = SpecCompiler.Read("specs/a.yaml", bomb).Found[0];
        Assert.Equal(("ZF0002", 1, 7), (found.Code.Id, found.Span.Line, found.Span.Column));
    }

    [Fact]
    public void AFileOfManyLargeNetworksIsReadInTime()
    {
        var layers = string.Concat(Enumerable.Range(0, 1000).Select(i => $"  - {{ relu: r{i} }}\n"));
        var variants = string.Concat(Enumerable.Range(0, 100).Select(i => $"  V{i}: {{ classes: {i + 3} }}\n"));
        var watch = Stopwatch.StartNew();
        var file = SpecCompiler.Read("specs/a.yaml", $"network: Big\ninput: {{ channels: 1, height: 8, width: 8 }}\nclasses: 2\nlayers:\n{layers}  - {{ dense: fc1 }}\nvariants:\n{variants}");
        var compiled = SpecCompiler.Compile(new SpecIndex([file]).ChainOf(file), new("N", ""));
        Assert.Equal(101, compiled.Networks.Count);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, SpecFuzzer.Limit);
    }

    [Fact]
    public void MoreWorkThanANumberHoldsIsRefused()
    {
        var layers = string.Concat(Enumerable.Range(0, 1000).Select(i => $"  - {{ conv: c{i}, maps: 1, kernel: 4095, padding: 2047 }}\n"));
        var compilation = SpecCompilation.Of($"network: Big\ninput: {{ channels: 1, height: 32768, width: 32768 }}\nclasses: 2\nlayers:\n{layers}  - {{ dense: last }}\n");
        Assert.Equal("5,13 ZF0206", compilation.OnlyError().Place);
    }

    [Theory]
    [MemberData(nameof(Schema.SpecSchemaTests.ShippedSpecs), MemberType = typeof(Schema.SpecSchemaTests))]
    public void AShippedSpecReadsBackEqualFromItsResolvedForm(string name)
    {
        var files = Directory.GetFiles(Repository.Specs, "*.yaml").Select(path => SpecCompiler.Read(path, File.ReadAllText(path))).ToList();
        var index = new SpecIndex(files);
        var project = new ProjectOptions("N", Repository.Root);
        foreach (var network in SpecCompiler.Compile(index.ChainOf(files.Single(file => Path.GetFileName(file.Path) == name)), project).Networks)
        {
            var printed = SpecCompiler.Read(Path.Combine(Repository.Specs, name), SpecPrinter.Print(network.Spec));
            var again = Assert.Single(SpecCompiler.Compile(new SpecIndex([printed]).ChainOf(printed), project).Networks);
            Assert.Equal(network.Spec.Network, again.Spec.Network);
            Assert.Equal(network.Spec.Recipe.Sections, again.Spec.Recipe.Sections);
        }
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("sv-SE")]
    public void TheGeneratedCodeIsTheSameInEveryCulture(string culture)
    {
        var expected = Sources();
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new(culture);
            Assert.Equal(expected, Sources());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static List<string> Sources() =>
    [
        .. SpecCompilation.Of(("specs/zf8.yaml", File.ReadAllText(Path.Combine(Repository.Specs, "zf8.yaml")))).Result.GeneratedTrees.Select(tree => tree.ToString()),
    ];
}
