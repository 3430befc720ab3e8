using Microsoft.CodeAnalysis;
using LeftOut = ZfDecl.Networks.BrokenNetwork;

namespace ZfDecl.Generators.Tests;

/// <summary>What the registry says of networks that are left out.</summary>
public class BrokenNetworkTests
{
    private const string Head = "input: { channels: 1, height: 28, width: 28 }\nclasses: 10\nlayers:\n";

    private static readonly (string, string)[] Specs =
    [
        ("specs/derived.yaml", "network: Derived\nextends: Wrong\ntrain: { epochs: 3 }\n"),
        ("specs/right.yaml", $"network: Right\n{Head}  - {{ dense: fc2 }}\n"),
        ("specs/twice.yaml", $"network: Right\n{Head}  - {{ dense: fc2 }}\n"),
        ("specs/unread.yaml", $"network: Unread\n{Head}  - {{ dense: fc2\n"),
        ("specs/variants.yaml", "extends: Right\nvariants:\n  Fine: { classes: 5 }\n  Wide: { classes: many }\n"),
        ("specs/wrong.yaml", $"network: Wrong\n{Head}  - {{ dense: fc2, unit: 3 }}\ntrain: {{ batch: 0 }}\n"),
    ];

    [Fact]
    public void TheRegistryTellsOfEachNetworkThatIsLeftOutAndWhy()
    {
        var broken = Broken(SpecCompilation.LeavingBrokenOut(Specs));
        Assert.Equal(
            [
                "Derived (specs/derived.yaml) of Wrong: ",
                "Right (specs/twice.yaml) of : 1,10 ZF0108",
                "Unread (specs/unread.yaml) of : 5,5 ZF0001",
                "Wide (specs/variants.yaml) of Right: 4,20 ZF0104",
                "Wrong (specs/wrong.yaml) of : 5,19 ZF0101 6,17 ZF0104",
            ],
            broken.Select(one => $"{one.Name} ({one.SpecFile}) of {one.Base}: {string.Join(' ', one.Errors.Select(error => $"{error.Line},{error.Column} {error.Code}"))}"));
        Assert.Equal("layer 'fc2' has no key 'unit'; did you mean 'units'?", broken[^1].Errors[0].Message);
    }

    [Fact]
    public void WhereTheyAreLeftOutTheBuildGoesOnWithTheOthers()
    {
        var compiled = SpecCompilation.LeavingBrokenOut(Specs);
        Assert.Empty(compiled.Diagnostics);
        Assert.Equal(["Fine", "Right"], compiled.Load().Select(entry => entry.Info.Name));
    }

    [Fact]
    public void OtherwiseTheyAreErrorsOfTheBuild()
    {
        var compiled = SpecCompilation.Of(Specs);
        Assert.Equal(["ZF0108", "ZF0001", "ZF0104", "ZF0101", "ZF0104"], compiled.Diagnostics.Select(one => one.Id));
        Assert.All(compiled.Diagnostics, one => Assert.Equal(DiagnosticSeverity.Error, one.Severity));
    }

    [Fact]
    public void WarningsAreSaidEitherWay()
    {
        var spec = $"network: Test\n{Head}  - {{ conv: conv1, maps: 8, kernel: 2, stride: 3 }}\n  - {{ dense: fc2 }}\n";
        Assert.Equal(SpecCompilation.Of(spec).Diagnostics.Select(one => one.Id), SpecCompilation.LeavingBrokenOut(("specs/test.yaml", spec)).Diagnostics.Select(one => one.Id));
        Assert.NotEmpty(SpecCompilation.Of(spec).Diagnostics);
    }

    [Fact]
    public void WhatBelongsToNoNetworkOfAFileConcernsThemAll() => Assert.Equal(["Fine", "Odd"], Broken(SpecCompilation.LeavingBrokenOut(
        ("specs/odd.yaml", $"network: Odd\n{Head}  - {{ dense: fc2 }}\nvariants:\n  Fine: {{ classes: 5 }}\n  wrong: {{ classes: 6 }}\n"))).Select(one => one.Name).Order());

    private static IReadOnlyList<LeftOut> Broken(SpecCompilation compiled) => compiled.Registered<LeftOut>("LeftOut");
}
