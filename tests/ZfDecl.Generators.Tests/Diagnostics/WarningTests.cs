using Microsoft.CodeAnalysis;

namespace ZfDecl.Generators.Tests.Diagnostics;

/// <summary>What is possible but unwise gets a warning, beside the network that it is about; what only looks like it gets none.</summary>
public class WarningTests
{
    private const string Head = "network: Test\ninput: { channels: 4, height: 28, width: 28 }\nclasses: 10\nlayers:\n";
    private const string Scores = "  - { dense: scores }\n";

    [Theory]
    [InlineData("maxpool: pool1, kernel: 3, stride: 2", "ZF0402: layer 'pool1': its last window ends before the border: 1 of 28 rows and 1 of 28 columns are never seen; write 'rounding: up', or alter the kernel, the stride or the padding")]
    [InlineData("avgpool: pool1, kernel: [3, 2], stride: 2", "ZF0402: layer 'pool1': its last window ends before the border: 1 of 28 rows are never seen; write 'rounding: up', or alter the kernel, the stride or the padding")]
    [InlineData("avgpool: pool1, kernel: 15", "ZF0402: layer 'pool1': its last window ends before the border: 13 of 28 rows and 13 of 28 columns are never seen; write 'rounding: up', or alter the kernel, the stride or the padding")]
    [InlineData("conv: conv1, maps: 4, kernel: 3, stride: 3", null)]                // 1 of 28 rows: less than one in twenty
    [InlineData("conv: conv1, maps: 4, kernel: 11, stride: 5", "ZF0402: layer 'conv1': its last window ends before the border: 2 of 28 rows and 2 of 28 columns are never seen; raise the padding, or alter the kernel or the stride")]
    [InlineData("conv: conv1, maps: 4, kernel: 11, stride: 5, padding: 2", null)]   // (28 + 4 − 11) mod 5 = 1, which is padding
    [InlineData("maxpool: pool1, kernel: 3, stride: 2, rounding: up", null)]
    [InlineData("maxpool: pool1, kernel: 3, stride: 2, padding: 1", null)]          // (28 + 2 − 3) mod 2 = 1, which is padding
    [InlineData("conv: conv1, maps: 4, kernel: 1, stride: 2", "ZF0403: layer 'conv1': stride 2 is larger than the kernel 1x1: what lies between two windows is never seen; use a larger kernel or a smaller stride")]
    [InlineData("maxpool: pool1, kernel: 2, stride: 3", "ZF0403: layer 'pool1': stride 3 is larger than the kernel 2x2: what lies between two windows is never seen; use a larger kernel or a smaller stride")]
    [InlineData("conv: conv1, maps: 4, kernel: 2, stride: 3, dilation: 2", null)]   // reaches over 3
    [InlineData("conv: conv1, maps: 6, kernel: 3, groups: 2", "ZF0404: layer 'conv1': each of its 2 groups takes 2 maps and yields 3: odd numbers leave a part of each vector instruction idle; choose maps and groups so that both are even")]
    [InlineData("conv: conv1, maps: 8, kernel: 3, groups: 4", null)]                // one map a group is meant
    [InlineData("conv: conv1, maps: 4, kernel: 29, padding: 14", "ZF0401: layer 'conv1': its units see 29x29 pixels, more than the image of 28x28 has; use larger images, smaller kernels or strides, or fewer layers")]
    [InlineData("conv: conv1, maps: 4, kernel: 28", null)]
    [InlineData("maxpool: pool1, kernel: 28", null)]
    [InlineData("maxpool: pool1, kernel: 1", "ZF0405: layer 'pool1': a window of 1x1 that moves by 1 passes its input on; leave the layer out")]
    [InlineData("dropout: drop1, rate: 0", "ZF0405: layer 'drop1': with rate 0 it drops nothing; leave the layer out")]
    [InlineData("lrn: norm1, beta: 0", "ZF0405: layer 'norm1': with beta 0 it divides by 1; leave the layer out")]
    [InlineData("lrn: norm1, alpha: 0, k: 1", "ZF0405: layer 'norm1': with alpha 0 and k 1 it divides by 1; leave the layer out")]
    [InlineData("lrn: norm1, alpha: 0, k: 2", null)]
    [InlineData("relu: relu1 }\n  - { relu: relu2", "ZF0405: layer 'relu2': what 'relu1' yields is rectified already; leave one of the two out")]
    [InlineData("flatten: flat1 }\n  - { flatten: flat2", "ZF0405: layer 'flat2': the layer before yields 3136 units, a row already; leave the layer out")]
    public void AnUnwiseLayerIsToldWhatItDoes(string layer, string? warning)
    {
        var compilation = SpecCompilation.Of($"{Head}  - {{ {layer} }}\n{Scores}");
        Assert.Equal(warning is null ? [] : [warning], compilation.Diagnostics.Select(d => $"{d.Id}: {d.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}"));
        Assert.All(compilation.Diagnostics, d => Assert.Equal(DiagnosticSeverity.Warning, d.Severity));
        compilation.Create("Test").Dispose();
    }

    [Fact]
    public void OnlyTheFirstConvolutionThatSeesMoreThanTheImageIsNamed() => Assert.Equal(
        ["6,13 ZF0401"],
        Places(SpecCompilation.Of(Head + "  - { conv: conv1, maps: 4, kernel: 15, padding: 7 }\n  - { conv: conv2, maps: 4, kernel: 15, padding: 7 }\n  - { conv: conv3, maps: 4, kernel: 15, padding: 7 }\n" + Scores)));

    [Fact]
    public void WarningsWaitUntilTheErrorsAreMended() => Assert.Equal(
        ["6,37 ZF0203"],
        Places(SpecCompilation.Of(Head + "  - { maxpool: pool1, kernel: 3, stride: 2 }\n  - { conv: conv1, maps: 4, kernel: 40 }\n" + Scores)));

    [Theory]
    [InlineData("augment: [flip], shift: 5", "6,39 ZF0406")]
    [InlineData("augment: [shift], shift: 5", null)]
    [InlineData("shift: 2", null)]  // as a resolved spec writes it
    public void AShiftThatNobodyAsksForIsTold(string preprocess, string? warning) => Assert.Equal(
        warning is null ? [] : [warning],
        Places(SpecCompilation.Of($"{Head}{Scores}preprocess: {{ {preprocess} }}\n")));

    [Fact]
    public void AnErrorBehindAHundredWarningsIsStillSaid()
    {
        var relus = string.Concat(Enumerable.Range(1, 102).Select(n => $"  - {{ relu: relu{n} }}\n"));
        Assert.Equal(["107,29 ZF0205"], Places(SpecCompilation.Of($"{Head}{relus}  - {{ dense: scores, units: 9 }}\n")));
    }

    [Fact]
    public void ADerivedNetworkIsToldOfWhatItWritesItself()
    {
        var unwise = Head + "  - { maxpool: pool1, kernel: 3, stride: 2 }\n" + Scores;
        var compilation = SpecCompilation.Of(
            ("specs/a.yaml", unwise),
            ("specs/b.yaml", "network: Quiet\nextends: Test\nchange: { scores: { bias: false } }\n"),
            ("specs/c.yaml", "network: Loud\nextends: Test\nchange: { pool1: { kernel: 5 } }\n"),
            ("specs/d.yaml", "network: Mended\nextends: Test\nchange: { pool1: { rounding: up } }\n"));
        Assert.Equal(["/project/specs/a.yaml 5,16 ZF0402", "/project/specs/c.yaml 3,11 ZF0402"], compilation.Diagnostics.Zip(Places(compilation), (d, place) => $"{d.Location.GetLineSpan().Path} {place}"));
        Assert.Equal(["Loud", "Mended", "Quiet", "Test"], compilation.Load().Select(net => net.Info.Name));
    }

    [Fact]
    public void ADerivedNetworkOfANetworkThatSeesTooMuchIsNotToldAgain()
    {
        const string wide = Head + "  - { conv: conv1, maps: 4, kernel: 29, padding: 14 }\n  - { conv: conv2, maps: 4, kernel: 3, padding: 1 }\n" + Scores;
        const string derived = "variants:\n  Wider: { change: { conv1: { kernel: 31, padding: 15 } } }\n  Mended: { change: { conv1: { kernel: 3, padding: 1 } } }\n";
        Assert.Equal(["5,13 ZF0401"], Places(SpecCompilation.Of(wide + derived)));
        const string narrow = Head + "  - { conv: conv1, maps: 4, kernel: 3, padding: 1 }\n" + Scores;
        Assert.Equal(["8,22 ZF0401"], Places(SpecCompilation.Of(narrow + derived)));
    }

    [Theory]
    [InlineData("    # ZF0401 is meant: it is to see everything", true)]
    [InlineData("    # for the reason see ZF0401", true)]
    [InlineData("    # ZF0402", false)]
    [InlineData("\n  # ZF0401", false)]
    public void AWarningIsNotGivenWhereACommentOnItsLineNamesItsCode(string comment, bool isMeant)
    {
        var found = SpecCompilation.Of(Head + $"  - {{ conv: conv1, maps: 4, kernel: 29, padding: 14 }}{comment}\n" + Scores);
        Assert.Equal(isMeant ? [] : ["5,13 ZF0401"], Places(found));
        Assert.Single(found.Load());
    }

    [Fact]
    public void AnErrorIsGivenWhateverACommentNames() =>
        Assert.Equal(["5,29 ZF0101"], Places(SpecCompilation.Of(Head + "  - { conv: conv1, maps: 4, kernal: 3 }    # ZF0101\n" + Scores)).Take(1));

    private static IEnumerable<string> Places(SpecCompilation compilation) => compilation.Diagnostics.Select(d =>
    {
        var at = d.Location.GetLineSpan().StartLinePosition;
        return $"{at.Line + 1},{at.Character + 1} {d.Id}";
    });
}
