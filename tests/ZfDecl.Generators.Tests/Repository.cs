using System.Runtime.CompilerServices;

namespace ZfDecl.Generators.Tests;

/// <summary>The sources that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../.."));

    public static string Specs { get; } = Path.Combine(Root, "specs");

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
