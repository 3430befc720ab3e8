using ZfDecl.Networks;

namespace ZfDecl.Generators.Tests;

/// <summary>Networks that extend others.</summary>
public class VariantTests
{
    private const string Base = """
        network: Base
        input: { channels: 1, height: 28, width: 28 }
        classes: 10
        layers:
          - { conv: conv1, maps: 8, kernel: 5 }
          - { relu: relu1 }
          - { conv: conv2, maps: 16, kernel: 3 }
          - { relu: relu2 }
          - { dense: fc3, units: 32 }
          - { dense: fc4 }
        train: { batch: 64, epochs: 3 }
        visualize: { layers: [conv1, conv2] }

        """;

    [Fact]
    public void AChangeReachesTheNamedLayerAlone()
    {
        var derived = Derived("change: { conv2: { maps: 20, padding: 1 }, fc3: { units: 64 } }");
        Assert.Equal(["conv1 8×24×24", "relu1 8×24×24", "conv2 20×24×24", "relu2 20×24×24", "flatten 11520×1×1", "fc3 64×1×1", "fc4 10×1×1", "softmax 10×1×1"], Layers(derived));
    }

    [Fact]
    public void AStudysVariantsAreNetworksAndTheRestOfItIsNot()
    {
        var compilation = SpecCompilation.Of(("specs/base.yaml", Base), ("specs/studies/thin.yaml", """
            study: thinner and thinner
            seeds: [1, 2]
            extends: Base
            variants:
              Thin: { change: { conv2: { maps: 4 } } }
            rows:
              - { label: thin, spec: Thin }
            """), ("specs/studies/plain.yaml", "study: without variants\nrows: [{ label: base, spec: Base }]"));
        Assert.Empty(compilation.Diagnostics);
        Assert.Equal(["Base", "Thin"], compilation.Load().Select(entry => entry.Info.Name).Order());
        Assert.Equal(4, compilation.Load().Single(entry => entry.Info.Name == "Thin").Info.Layer("conv2").Output.Maps);
    }

    [Fact]
    public void AStudysVariantsNeedANetworkToAlter()
    {
        var (place, message) = SpecCompilation.Of(("specs/studies/thin.yaml", "study: x\nvariants:\n  Thin: { remove: [conv2] }\nrows: []")).OnlyError();
        Assert.Equal("2,1 ZF0103", place);
        Assert.Contains("write 'extends: <Name>' above them", message, StringComparison.Ordinal);
    }

    [Fact]
    public void RemovedLayersAreGoneFromThePicturesToo()
    {
        var derived = Derived("remove: [conv2, relu2]");
        Assert.Equal(["conv1", "relu1", "flatten", "fc3", "fc4", "softmax"], derived.Layers.Select(layer => layer.Name));
        Assert.Equal(["conv1"], derived.Recipe.Visualize.Layers);
    }

    [Fact]
    public void LayersCanBeInsertedBeforeAndAfterOthers()
    {
        var derived = Derived("insert-after: { relu1: { maxpool: pool1, kernel: 2 } }\ninsert-before: { fc3: [ { dropout: drop2 }, { flatten: flat2 } ] }");
        Assert.Equal(["conv1", "relu1", "pool1", "conv2", "relu2", "drop2", "flat2", "fc3", "fc4", "softmax"], derived.Layers.Select(layer => layer.Name));
    }

    [Fact]
    public void ALayerCanBeReplacedByOneOfItsName()
    {
        var derived = Derived("insert-after: { conv2: { maxpool: conv2, kernel: 2 } }\nremove: [conv2]\nvisualize: { layers: [conv1] }");
        Assert.Equal("maxpool", derived.Layer("conv2").Kind);
    }

    [Fact]
    public void TheRecipeIsInheritedKeyByKey()
    {
        var derived = Derived("train: { epochs: 9 }");
        Assert.Equal((64, 9), (derived.Recipe.Train.Batch, derived.Recipe.Train.Epochs));
        Assert.Contains("train.batch", derived.Recipe.Written);
    }

    [Theory]
    [InlineData("conv2")]
    [InlineData("[conv2]")]
    public void WhereNothingIsLeftToVisualizeTheDefaultHolds(string layers)
    {
        var derived = SpecCompilation.Of(
            ("specs/a.yaml", "network: Derived\nextends: Base\nremove: [conv2, relu2]\n"),
            ("specs/b.yaml", Base.Replace("[conv1, conv2]", layers, StringComparison.Ordinal))).Load().Single(net => net.Info.Name == "Derived").Info;
        Assert.Equal(["conv1"], derived.Recipe.Visualize.Layers);
    }

    [Theory]
    [InlineData("specs/a.yaml", "../images")]
    [InlineData("specs/small/a.yaml", "../../images")]
    [InlineData("app/specs/a.yaml", "../../specs/../images")]
    public void AnInheritedFolderIsWhereItsBaseHasIt(string derived, string data)
    {
        var nets = SpecCompilation.Of((derived, "network: Derived\nextends: Base\n"), ("specs/b.yaml", Base + "data: ../images\n")).Load();
        Assert.Equal(data, nets.Single(net => net.Info.Name == "Derived").Info.Recipe.Data);
    }

    [Fact]
    public void AFolderFromTheRootStaysWhereItIs()
    {
        var nets = SpecCompilation.Of(("specs/mine/a.yaml", "network: Derived\nextends: Base\n"), ("specs/b.yaml", Base + "data: /images\n")).Load();
        Assert.Equal("/images", nets.Single(net => net.Info.Name == "Derived").Info.Recipe.Data);
    }

    [Fact]
    public void ANameThatTheBaseHasIsSaidWithItsFile() => AssertOnly(
        "network: Derived\nextends: Base\ninsert-after: { relu2: { relu: relu1 } }\n",
        "3,32 ZF0107", "the name 'relu1' is taken by the layer in line 6 of b.yaml; give each layer a name of its own");

    [Fact]
    public void AChainOfDerivedNetworksAddsUp()
    {
        var nets = SpecCompilation.Of(
            ("specs/z.yaml", Base),
            ("specs/b.yaml", "network: Middle\nextends: Base\nchange: { conv1: { maps: 12 } }\n"),
            ("specs/a.yaml", "network: Last\nextends: Middle\nchange: { conv2: { maps: 24 } }\n")).Load();
        Assert.Equal(["conv1 12×24×24", "relu1 12×24×24", "conv2 24×22×22"], Layers(nets.Single(net => net.Info.Name == "Last").Info).Take(3));
    }

    [Fact]
    public void AGridOfVariantsGivesAClassEach()
    {
        var nets = SpecCompilation.Of(Base + "variants:\n  Wide: { change: { fc3: { units: 64 } } }\n  Narrow:\n    summary: Half of it.\n    change: { fc3: { units: 16 } }\n").Load();
        Assert.Equal(["Base", "Narrow", "Wide"], nets.Select(net => net.Info.Name));
        Assert.Equal([32, 16, 64], nets.Select(net => net.Info.Layer("fc3").Output.Maps));
        Assert.Equal("Half of it.", nets[1].Info.Summary);
    }

    [Theory]
    [InlineData("  Wide: { change: { fc3: { units: 64 } } }\n  Wrong: { chnage: { fc3: { units: 64 } } }\n")]
    [InlineData("  Wide: { change: { fc3: { units: 64 } } }\n  Wrong: 3\n")]
    [InlineData("  Wide: { change: { fc3: { units: 64 } } }\n  wrong: { change: { fc3: { units: 64 } } }\n")]
    public void AWrongVariantTakesNeitherItsBaseNorTheOthersAway(string variants)
    {
        var compilation = SpecCompilation.Of(Base + "variants:\n" + variants);
        Assert.StartsWith("15,", compilation.OnlyError().Place, StringComparison.Ordinal);
        Assert.Equal(["Base.g.cs", "Wide.g.cs"], compilation.Result.Results.Single().GeneratedSources.Select(source => source.HintName).Where(name => name is "Base.g.cs" or "Wide.g.cs" or "Wrong.g.cs").Order());
    }

    [Fact]
    public void AFileCanHoldVariantsOfAnotherAlone()
    {
        var nets = SpecCompilation.Of(("specs/a.yaml", "extends: Base\nvariants:\n  Wide: { change: { fc3: { units: 64 } } }\n"), ("specs/b.yaml", Base)).Load();
        Assert.Equal(["Base", "Wide"], nets.Select(net => net.Info.Name));
    }

    [Fact]
    public void AnUnknownBaseGetsTheNearestName() => AssertOnly(
        "network: Derived\nextends: Bsae\n", "2,10 ZF0301", "there is no network 'Bsae' to extend; did you mean 'Base'?");

    [Fact]
    public void AnUnknownLayerGetsTheNearestName() => AssertOnly(
        "network: Derived\nextends: Base\nchange: { conv3: { maps: 2 } }\n", "3,11 ZF0201", "'Base' has no layer 'conv3'; did you mean 'conv1'?");

    [Fact]
    public void AChangedKeyIsCheckedWhereItIsChanged() => AssertOnly(
        "network: Derived\nextends: Base\nchange: { conv2: { mops: 2 } }\n", "3,20 ZF0101", "layer 'conv2' has no key 'mops'; did you mean 'maps'?");

    [Fact]
    public void WhatOnlyTheDerivedNetworkBreaksIsSaidAtTheDerivedNetwork() => AssertOnly(
        "network: Derived\nextends: Base\ninput: { height: 6 }\n", "2,10 ZF0203", "'Derived', as it extends 'Base': layer 'conv2': kernel 3x3 is larger than its padded input 2x24");

    [Fact]
    public void LayersBesideABaseAreAContradiction() => AssertOnly(
        "network: Derived\nextends: Base\nlayers:\n  - { dense: fc1 }\n", "4,3 ZF0207", "a spec that extends 'Base' has its layers; alter them with 'change', 'remove', 'insert-before', 'insert-after'");

    [Fact]
    public void AnErrorInTheBaseIsSaidOnce()
    {
        var found = SpecCompilation.Of(("specs/a.yaml", "network: Derived\nextends: Base\n"), ("specs/b.yaml", Base.Replace("kernel: 5", "kernel: 50", StringComparison.Ordinal))).OnlyError();
        Assert.Equal("5,37 ZF0203", found.Place);
    }

    [Theory]
    [InlineData("conv: conv2", "cnov: conv2", "7,7 ZF0102")]
    [InlineData("network: Base", "network: base", "1,10 ZF0106")]
    [InlineData("classes: 10", "classes: ]", "3,10 ZF0001")]
    public void ABaseThatCannotBeReadIsNoMistakeOfItsDerivedNetworks(string right, string wrong, string place)
    {
        var found = SpecCompilation.Of(
            ("specs/a.yaml", "network: Derived\nextends: Base\nchange: { conv2: { maps: 20 } }\n"),
            ("specs/b.yaml", Base.Replace(right, wrong, StringComparison.Ordinal)),
            ("specs/c.yaml", "extends: Base\nvariants:\n  Short: { remove: [conv2, relu2] }\n")).OnlyError();
        Assert.Equal(place, found.Place);
    }

    [Fact]
    public void ACycleIsAnErrorAtEachOfItsMembers()
    {
        var compilation = SpecCompilation.Of(("specs/a.yaml", "network: A\nextends: B\n"), ("specs/b.yaml", "network: B\nextends: A\n"), ("specs/c.yaml", "network: C\nextends: A\n"));
        Assert.Equal(["ZF0302", "ZF0302"], compilation.Diagnostics.Select(d => d.Id));
        Assert.Equal("'A' extends itself: A extends B extends A; end the chain with a network that has layers of its own", compilation.Diagnostics[0].GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("classes", "clas\\ses")]
    [InlineData("input", "inp\\ut")]
    public void NoVariantOfABaseIsCompiledWithoutWhatIsMisspeltInIt(string right, string misspelt)
    {
        var compilation = SpecCompilation.Of(("specs/a.yaml", "network: Derived\nextends: Base\nremove: [conv2, relu2]\n"), ("specs/b.yaml", Base.Replace($"{right}:", $"{misspelt}:", StringComparison.Ordinal)));
        Assert.Equal("ZF0101", compilation.OnlyError().Place.Split(' ')[1]);
        Assert.DoesNotContain(compilation.Result.Results.Single().GeneratedSources, source => source.HintName.Contains("Derived", StringComparison.Ordinal));
    }

    private static NetworkInfo Derived(string edits) =>
        SpecCompilation.Of(("specs/a.yaml", $"network: Derived\nextends: Base\n{edits}\n"), ("specs/b.yaml", Base)).Load().Single(net => net.Info.Name == "Derived").Info;

    private static IEnumerable<string> Layers(NetworkInfo net) => net.Layers.Select(layer => $"{layer.Name} {layer.Output}");

    private static void AssertOnly(string derived, string place, string message)
    {
        var found = SpecCompilation.Of(("specs/a.yaml", derived), ("specs/b.yaml", Base)).OnlyError();
        Assert.Equal(place, found.Place);
        Assert.StartsWith(message, found.Message, StringComparison.Ordinal);
    }
}
