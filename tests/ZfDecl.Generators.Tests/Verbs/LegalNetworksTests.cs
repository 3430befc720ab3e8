using ZfDecl.Networks;

namespace ZfDecl.Generators.Tests.Verbs;

/// <summary>Every verb on networks that the language allows and nobody has in mind: it leaves a result, or says under a code why there is none.</summary>
public sealed class LegalNetworksTests : IDisposable
{
    private const string Parts = "parts.csv";

    private static readonly IReadOnlyDictionary<string, string> Layers = new Dictionary<string, string>
    {
        ["DenseOnly"] = "[ { dense: fc1, units: 12 }, { relu: relu1 }, { dense: fc2 } ]",
        ["OneMatrix"] = "[ { dense: fc1 } ]",
        ["WithoutPool"] = "[ { conv: conv1, maps: 6, kernel: 3 }, { relu: relu1 }, { dense: fc2 } ]",
        ["GlobalPooling"] = "[ { conv: conv1, maps: 6, kernel: 3 }, { relu: relu1 }, { conv: conv2, maps: 8, kernel: 1 }, { relu: relu2 }, { avgpool: global, kernel: [16, 15] }, { dense: fc3 } ]",
        ["PoolOnly"] = "[ { maxpool: pool1, kernel: 2 }, { dense: fc2 } ]",
        ["NothingTrainedBelow"] = "[ { contrast: contrast1, size: 3 }, { dropout: drop1 }, { dense: fc2 }, { softmax: end } ]",
    };

    // What a verb leaves in the folder of its run. The code that says why it leaves nothing where only one layer has weights.
    private static readonly (string Verb, string[] Settings, string Result, string? OfOneLayer)[] Verbs =
    [
        ("evaluate", [], "evaluate/section.json", null),
        ("visualize", [], "visualize/*/sheet.png", null),
        ("evolve", [], "evolve/*.png", null),
        ("invariance", ["--images=2"], "invariance/curves.csv", "ZF1433"),
        ("correspond", [$"--parts={Parts}"], "correspond/parts.csv", null),
        ("diagnose", [], "diagnose/layers.csv", "ZF1430"),
        ("project", ["--image=3"], "project/*/projection.png", null),
        ("project", ["--image=3", "--maps=all"], "project/*/projection.png", null),
        ("occlude", ["--image=3", "--size=6", "--stride=6"], "occlude/*/section.json", null),
        ("trust", ["--images=3", "--size=6", "--stride=6"], "trust/section.json", null),
        ("transfer", ["--per-class=2", "--folds=2", "--overlap=2", "--scratch=no"], "transfer/*/table.csv", null),
        ("analyze-features", ["--per-class=2", "--folds=2", "--overlap=2"], "analyzefeatures/*/table.csv", null),
        ("report", [], "report/index.html", null),
    ];

    private static readonly Lazy<IReadOnlyList<NetworkEntry>> Compiled = new(() => SpecCompilation.Of([.. Layers.Select(network => ($"specs/{network.Key}.yaml", $$"""
        network: {{network.Key}}
        input: { channels: 3, height: 18, width: 17 }
        classes: 10
        data: shapes
        layers: {{network.Value}}
        train: { epochs: 1, batch: 500, learning-rate: 0.05, initial-std: he }
        """))]).Load());

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Names => [.. Layers.Keys];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryVerbHasAResultOrSaysWhyItHasNone(string network)
    {
        File.WriteAllText(Path.Combine(folder.Path, Parts), "image,part,x,y,w,h\n3,top,2,0,6,6\n7,top,2,0,6,6\n");
        var hasOneLayer = Compiled.Value.Single(entry => entry.Info.Name == network).Info.Layers.Count(layer => layer.Role is LayerRole.Convolution or LayerRole.Dense) == 1;
        Assert.Equal((0, ""), Run("train", network, out _));
        foreach (var (verb, settings, result, ofOneLayer) in Verbs)
        {
            var (code, errors) = Run(verb, network, out var said, settings);
            Assert.DoesNotMatch("0 of 0|NaN", said);
            if (hasOneLayer && ofOneLayer is not null)
                Assert.Contains($"error {ofOneLayer}: ", errors, StringComparison.Ordinal);
            else
                Assert.True(code == 0 && Leaves(network, result), $"{verb} of {network} leaves no {result}: {errors}");
        }
    }

    private (int Code, string Errors) Run(string verb, string network, out string said, params string[] settings)
    {
        using StringWriter output = new(), errors = new();
        string[] given = [.. settings.Select(setting => setting.Replace(Parts, Path.Combine(folder.Path, Parts), StringComparison.Ordinal))];
        var code = new Cli.Host(Compiled.Value, output, errors).Run([verb, $"--spec={network}", $"--root={folder.Path}", $"--artifacts={folder.Path}", .. given]);
        said = output.ToString();
        return (code, errors.ToString());
    }

    private bool Leaves(string network, string pattern)
    {
        var run = Path.Combine(folder.Path, network, "default");
        return Directory.EnumerateFiles(run, "*", SearchOption.AllDirectories).Any(file => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, Path.GetRelativePath(run, file).Replace('\\', '/')));
    }
}
