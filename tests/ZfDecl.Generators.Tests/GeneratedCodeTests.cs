namespace ZfDecl.Generators.Tests;

/// <summary>The generated code as a person would read it, approved file by file.</summary>
public class GeneratedCodeTests
{
    private const string Spec = """
        network: Small
        summary: A conv of each sort & what usually follows.
        input: { channels: 3, height: 20, width: 20 }
        classes: 4
        data: pictures
        layers:
          - { conv: conv1, maps: 6, kernel: 5, stride: 2, padding: 1 }
          - { relu: relu1 }
          - { maxpool: pool1, kernel: 3, stride: 2, rounding: up }
          - { lrn: norm1 }
          - { conv: conv2, maps: 4, kernel: [3, 1], padding: [1, 0], groups: 2, bias: false }
          - { batchnorm: norm2 }
          - { relu: relu2 }
          - { avgpool: pool2, kernel: 2 }
          - { dense: fc3, units: 8 }
          - { relu: relu3 }
          - { dropout: drop3 }
          - { dense: fc4 }
        train: { epochs: 3, filter-rms: 0.1 }

        """;

    [Theory]
    [InlineData("Small")]
    [InlineData("Small.Recording")]
    [InlineData("Small.Deconvnet")]
    [InlineData("Small.Declaration")]
    [InlineData("Small.Source")]
    [InlineData("DeclaredNetworks")]
    public void AFileReadsAsApproved(string file) =>
        Snapshot.Text(SpecCompilation.Of(("specs/small.yaml", Spec)).Source($"{file}.g.cs"), "txt", file);
}
