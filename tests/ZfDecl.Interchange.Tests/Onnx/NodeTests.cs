using System.Globalization;
using System.Text;
using ZfDecl.Interchange.Onnx.Operators;
using ZfDecl.Interchange.Specs;
using ZfDecl.Messages;

namespace ZfDecl.Interchange.Tests.Onnx;

/// <summary>ONNX's own tests of the operators that an import knows. What becomes of each stands in <c>docs/onnx-node-tests.md</c>.</summary>
public class NodeTests
{
    private const int LeastPassed = 120;

    private static readonly string Table = Repository.PathOf("docs", "onnx-node-tests.md");

    [NodeTestsFact]
    public void OnnxsOwnTestsComeOutAsTheTableSays()
    {
        var outcomes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var known = Operator.Known.ToHashSet();
        using var folder = new TemporaryFolder();
        var imported = new List<(NodeTest Test, ImportedNetwork Network, float[] Image, long[] Shape)>();
        foreach (var test in Directory.EnumerateDirectories(NodeTestsFactAttribute.Folder).Order(StringComparer.Ordinal).Select(NodeTest.Read).OfType<NodeTest>().Where(test => test.Operators.All(known.Contains)))
        {
            outcomes[test.Name] = Import(test, folder, $"Case{outcomes.Count}", imported);
        }
        var networks = Compiled.All([.. imported.Select(one => one.Network)]);
        foreach (var (net, one) in networks.Zip(imported))
        {
            // A network yields the probabilities, and not their logarithms, which the import says.
            Func<float, float> scale = one.Test.Operators.Contains("LogSoftmax") ? MathF.Log : value => value;
            float[] found = [.. Compiled.Run(net, one.Image, one.Shape[0], one.Network.Draft!.End.Kind == "softmax").Select(scale)];
            outcomes[one.Test.Name] = Outcome(NodeTest.Values(one.Test.Output)!, found);
            net.Dispose();
        }
        var passed = outcomes.Values.Count(outcome => outcome == "passed");
        var text = Text(outcomes, passed);
        if (Environment.GetEnvironmentVariable("ZFDECL_APPROVE") == "1")
            File.WriteAllText(Table, text);
        Assert.InRange(passed, LeastPassed, int.MaxValue);
        Assert.Equal(File.ReadAllText(Table), text);
    }

    /// <summary>Why a test cannot be tried; empty where it can.</summary>
    private static string Import(NodeTest test, TemporaryFolder folder, string name, List<(NodeTest Test, ImportedNetwork Network, float[] Image, long[] Shape)> imported)
    {
        if (NodeTest.Values(test.Output) is null)
            return "it is not of float32";
        string? reason = null;
        foreach (var (model, image, shape) in test.AsNetworks())
        {
            try
            {
                imported.Add((test, Imported.Of(folder, model, name), image, shape));
                return "";
            }
            catch (ZfDeclException refusal)
            {
                reason ??= Reason(refusal.Message);        // of the likelier way
            }
        }
        return reason ?? "its input is no image of float32";
    }

    private static string Outcome(float[] expected, float[] found) => Closeness.Difference(expected, found) is not { } difference ? "passed"
        : Closeness.Difference([.. expected.Order()], [.. found.Order()]) is null ? "the same values in the order of the layer: what only transposes them has no layer" : difference;

    // Without the name of the file, and in one line.
    private static string Reason(string message) => string.Join(" ", message[(message.IndexOf(": ", StringComparison.Ordinal) + 2)..].Split((char[])['\n', ' '], StringSplitOptions.RemoveEmptyEntries)).Replace("|", "\\|", StringComparison.Ordinal);

    private static string Text(SortedDictionary<string, string> outcomes, int passed)
    {
        var text = new StringBuilder($"""
            # ONNX's own tests

            The tests of single operators that ONNX publishes, of those that an [import](import.md) knows, from Debian's package `libonnx-testdata`: {passed} of {outcomes.Count} pass. Each is made a network: its
            inputs of one shape lie in the image side by side, with ones before their dimensions where these are fewer than four, and other inputs are constants. Written by `ZFDECL_APPROVE=1 dotnet test tests/ZfDecl.Interchange.Tests
            --filter OnnxsOwnTests`, and compared by the same test.

            | test | |
            |---|---|

            """);
        foreach (var (name, outcome) in outcomes)
            text.Append(CultureInfo.InvariantCulture, $"| `{name}` | {outcome} |\n");
        return text.ToString();
    }
}
