namespace ZfDecl.Fuzz;

/// <summary>The right specs that wrong ones are made of.</summary>
internal static class Corpus
{
    private const string Tiny = """
        network: Tiny
        summary: Small enough to run.
        input: { channels: 2, height: 12, width: 11 }
        classes: 3
        layers:
          - { conv: conv1, maps: 4, kernel: [3, 2], stride: 1, padding: 1, groups: 2, bias: false }
          - { relu: relu1 }
          - { maxpool: pool1, kernel: 3, stride: 2, padding: 1, rounding: up }
          - { lrn: norm1, size: 3, alpha: 1e-3, beta: 0.75, k: 1 }
          - conv: conv2
            maps: 6
            kernel: 3
            dilation: 1
          - { relu: relu2 }
          - { dropout: drop2, rate: 0.25 }
          - { flatten: flat }
          - { dense: fc3, units: 5 }
          - { dense: fc4 }
          - { softmax: prob }
        train: { batch: 8, epochs: 2, learning-rate: 0.1, anneal: step, warm-up: 0.5, filter-rms: none, initial-std: he }
        preprocess: { resize: 16, subtract: none, divide: 255, augment: [flip, shift], shift: 1 }
        visualize: { layers: [conv1, conv2], top: 3 }

        """;

    private const string Grid = """
        network: Grid
        input: { channels: 1, height: 9, width: 9 }
        classes: 4
        layers:
          - { conv: conv1, maps: 3, kernel: 3 }
          - { relu: relu1 }
          - { maxpool: pool1, kernel: 2 }
          - { dense: fc2 }
        variants:
          Wide: { change: { conv1: { maps: 5, padding: 1 } } }
          Deep:
            summary: One more layer.
            insert-after: { relu1: [ { conv: conv3, maps: 2, kernel: 3 }, { relu: relu3 } ] }
          Plain: { remove: [relu1, pool1], visualize: { layers: conv1 } }

        """;

    private const string Branches = """
        network: Branches
        input: { channels: 2, height: 12, width: 11 }
        classes: 3
        layers:
          - { conv: conv1, maps: 4, kernel: 3, padding: same }
          - { relu: relu1, ceiling: 6 }
          - { maxpool: pool1, kernel: 3, stride: 2, padding: [1, 0, 1, 1], dilation: 1 }
          - repeat: { i: 2..3, act: [silu, prelu] }
            layers:
              - { conv: 'conv{i}', maps: 4, kernel: 3, padding: [1, 1, 1, 1] }
              - { '{act}': 'act{i}' }
              - { add: 'sum{i}', from: ['act{i}', pool1] }
          - { avgpool: mean, kernel: all, from: sum3 }
          - { conv: gate, maps: 4, kernel: 1 }
          - { sigmoid: open }
          - { mul: scaled, from: [sum2, open] }
          - { channel-shuffle: mixed, groups: 2 }
          - { affine: moved, trained: false, scale: 0.5, shift: [0, 1, 0, -1] }
          - { pad: wide, padding: [0, 1, 2, 0] }
          - { conv: conv4, maps: 3, kernel: 1 }
          - { relu: relu4, slope: 0.1 }
          - { concat: both, from: [relu4, wide] }
          - { conv: conv5, maps: 3, kernel: 1 }
          - { avgpool: scores, kernel: all }
        variants:
          Fewer: { remove: [sum2, relu4], insert-after: { pool1: { batchnorm: batch1 } } }

        """;

    private const string Derived = """
        network: Derived
        extends: Zf8
        input: { height: 200, width: 180 }
        classes: 20
        data: some/where
        change:
          conv1: { maps: 16, stride: 4 }
          fc6: { units: 64 }
        remove: [norm1, norm2]
        insert-before: { fc7: { dropout: drop9 } }
        insert-after:
          relu5: { lrn: norm5 }
        train: { epochs: 3 }

        """;

    /// <summary>The shipped specs: files that others may extend, and that are mutated themselves.</summary>
    public static IReadOnlyList<(string Path, string Text)> Shipped { get; } =
    [
        .. typeof(Corpus).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".yaml", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(name => ($"specs/{name}", Read(name))),
    ];

    /// <summary>Every text that a mutation starts from; small networks, which can be run, more often than large ones.</summary>
    public static IReadOnlyList<string> Seeds { get; } = [Tiny, Tiny, Tiny, Grid, Grid, Branches, Branches, Branches, Derived, .. Shipped.Select(spec => spec.Text)];

    private static string Read(string resource)
    {
        using var reader = new StreamReader(typeof(Corpus).Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
