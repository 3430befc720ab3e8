using ZfDecl.Generators.Tests.KindTable;
using ZfDecl.Generators.Tests.Projection;
using ZfDecl.Networks;

namespace ZfDecl.Interchange.Tests.Exports;

/// <summary>The specs that exports are tried on: every kind of layer, in every form that is written otherwise, and random graphs.</summary>
internal static class ExportNetworks
{
    /// <summary>How many random graphs; ZFDECL_EXPORTS asks for more.</summary>
    public static int Graphs { get; } = int.Parse(Environment.GetEnvironmentVariable("ZFDECL_EXPORTS") ?? "10", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Layers on maps of 13×12, one of which each network has.</summary>
    private static readonly string[] Forms =
    [
        "conv: some, maps: 6, kernel: [3, 2], stride: [2, 1], padding: [1, 0, 2, 1], dilation: 2, groups: 2, bias: false",
        "conv: some, maps: 6, kernel: 3, padding: same-lower",
        "maxpool: some, kernel: 3, stride: 2, rounding: up",
        "maxpool: some, kernel: 2, stride: 3, padding: 1, rounding: up",
        "maxpool: some, kernel: 3, stride: 2, padding: [1, 0, 0, 1]",
        "maxpool: some, kernel: 3, stride: 2, padding: [0, 1, 1, 0], rounding: up",
        "maxpool: some, kernel: 2, stride: 1, dilation: 5, padding: 3",
        "maxpool: some, kernel: [3, 2], stride: 4, dilation: [2, 3], rounding: up",
        "maxpool: some, kernel: all",
        "avgpool: some, kernel: all",
        "avgpool: some, kernel: 3, stride: 2, padding: 1, rounding: up",
        "avgpool: some, kernel: 3, stride: 2, padding: 1, rounding: up, count-padding: false",
        "avgpool: some, kernel: 4, stride: 3, rounding: up",
        "avgpool: some, kernel: 3, stride: 2, padding: [1, 0, 0, 1]",
        "avgpool: some, kernel: 3, stride: 2, padding: [0, 1, 1, 0], count-padding: false",
        "avgpool: some, kernel: 2, stride: 2, dilation: 3, padding: [1, 2, 1, 0], rounding: up",
        "avgpool: some, kernel: 3, stride: 1, dilation: 2, padding: 2, count-padding: false",
        "lrn: some, size: 3, alpha: 0.3, beta: 0.75, k: 2",
        "lrn: some, size: 4, alpha: 0.3, beta: 0.6, k: 1.5",
        "lrn: some, size: 2, alpha: 0.5",
        "lrn: some, over: space, size: 5, alpha: 0.7, beta: 0.8, k: 1.2",
        "contrast: some, size: 5",
        "contrast: some, size: 17",
        "batchnorm: some, momentum: 0.03, epsilon: 0.002",
        "affine: some, trained: false, scale: [1, 2, 3, 4, 5, 6, 7, 8], shift: 0.5",
        "relu: some, slope: 0.1",
        "relu: some, ceiling: 6",
        "relu: some, slope: 0.2, ceiling: 0.7",
        "elu: some, alpha: 0.7",
        "mul: some, from: [conv1, conv1, conv1]",
        "add: some, from: [conv1, conv1, conv1]",
    ];

    /// <summary>A graph that gates its maps with maps of one unit and with a row of units, pools two ways, and ends with a convolution.</summary>
    private const string Gated = """
        network: Gated
        input: { channels: 3, height: 12, width: 10 }
        classes: 5
        layers:
          - { conv: conv1, maps: 4, kernel: 3, padding: 1 }
          - { avgpool: squeeze, kernel: all, from: conv1 }
          - { conv: excite, maps: 4, kernel: 1 }
          - { sigmoid: gate }
          - { mul: weighted, from: [conv1, gate] }
          - { dense: row, units: 4, from: squeeze }
          - { tanh: squashed }
          - { mul: weighted2, from: [weighted, squashed, conv1] }
          - { affine: moved }
          - { batchnorm: bn }
          - { pad: zeros, padding: [1, 0, 0, 2] }
          - { conv: scores, maps: 5, kernel: 3 }
          - { relu: relu9 }
          - { avgpool: mean, kernel: all }
        preprocess: { channels: bgr, subtract: pixel-mean, divide: 50 }
        """;

    /// <summary>Layers behind a dense one, and no classes.</summary>
    private const string Units = """
        network: Units
        input: { channels: 2, height: 4, width: 4 }
        classes: none
        layers:
          - { flatten: row }
          - { batchnorm: bn1 }
          - { dense: fc1, units: 6, bias: false }
          - { prelu: act1 }
          - { affine: scale1 }
          - { dense: fc2, units: 6, from: row }
          - { hardswish: act2 }
          - { add: sum, from: [scale1, act2] }
          - { concat: both, from: [sum, act1] }
          - { silu: act3 }
          - { dropout: drop, rate: 0.3 }
        preprocess: { subtract: none, divide: 1 }
        """;

    /// <summary>Names that Python has itself.</summary>
    private const string Words = """
        network: None
        input: { channels: 3, height: 6, width: 6 }
        classes: 3
        layers:
          - { conv: lambda, maps: 4, kernel: 3 }
          - { relu: cpu }
          - { batchnorm: half, from: lambda }
          - { add: torch, from: [half, cpu] }
          - { prelu: pass }
          - { add: json, from: [pass, lambda] }
          - { prelu: pathlib }
          - { dense: yield }
        """;

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new[]
    {
        KindRow.All.Select(row => (row.Network, row.Spec.Replace("data: shapes\n", "", StringComparison.Ordinal))),
        Forms.Select((form, i) => ($"Form{i}", Form($"Form{i}", form))),
        Enumerable.Range(0, Graphs).Select(RandomGraph.Of).Select(graph => (graph.Name, graph.Spec())),
        [("Gated", Gated), ("Units", Units), ("None", Words)],
    }.SelectMany(group => group).ToDictionary(spec => spec.Item1, spec => spec.Item2);

    private static readonly Lazy<IReadOnlyList<NetworkEntry>> Loaded = new(() => Exported.Compile(All.Values));

    /// <summary>The same, compiled together once.</summary>
    public static IReadOnlyList<NetworkEntry> Compiled => Loaded.Value;

    private static string Form(string name, string layer) => $$"""
        network: {{name}}
        summary: 'A layer {{layer.Split(',')[0]}} "quoted" \ {{'\u2019'}}s.'
        input: { channels: 3, height: 13, width: 12 }
        classes: 4
        layers:
          - { conv: conv1, maps: 8, kernel: 3, padding: 1 }   # as wide as the image
          - { {{layer}} }
          - { dense: fc2 }
        train: { epochs: 3 }
        preprocess: { subtract: channel-mean, divide: std }

        """;
}
