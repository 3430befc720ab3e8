using System.Text.RegularExpressions;
using ZfDecl.Generators.Primitives;
using ZfDecl.Messages;

namespace ZfDecl.Interchange.Specs;

/// <summary>What an imported network is called, and the file of its spec.</summary>
internal static partial class NetworkName
{
    private const int Longest = 48;

    /// <summary>A name made of the name of a file: <c>resnet18-v1-7.onnx</c> is <c>Resnet18V17</c>.</summary>
    public static string OfFile(string path)
    {
        var name = string.Concat(Word().Matches(Path.GetFileNameWithoutExtension(path)).Select(word => char.ToUpperInvariant(word.Value[0]) + word.Value[1..]));
        name = name[..Math.Min(name.Length, Longest)];
        name = name.Length == 0 || char.IsAsciiDigit(name[0]) ? $"Net{name}" : name;
        return Names.ProblemOfNetwork(name) is null ? name : $"{name}Net";
    }

    /// <summary>The name that a user has given.</summary>
    /// <exception cref="ZfDeclException">ZF1003: it can be none.</exception>
    public static string Given(string name) => Names.ProblemOfNetwork(name) is { } problem ? throw new ZfDeclException("ZF1003", $"`name={name}`: {problem}") : name;

    /// <summary>The name of its spec's file: <c>ResNet18</c> is <c>resnet18.yaml</c>, <c>BnInception</c> is <c>bn-inception.yaml</c>.</summary>
    public static string FileOf(string network) => Hump().Replace(network, "$1-$2").ToLowerInvariant() + ".yaml";

    [GeneratedRegex("[A-Za-z0-9]+")]
    private static partial Regex Word();

    [GeneratedRegex("([a-z0-9])([A-Z][a-z])")]
    private static partial Regex Hump();
}
