namespace ZfDecl.Generators.Tests.Documentation;

/// <summary>The pages beside the generator. What is made from definitions is kept equal to them; ZFDECL_APPROVE=1 writes it anew.</summary>
internal static class Pages
{
    private static readonly string Folder = Path.Combine(Repository.Root, "generators", "ZfDecl.Generators", "docs");

    public static IEnumerable<string> Names => Directory.GetFiles(Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    public static string Read(string name) => File.ReadAllText(PathOf(name)).ReplaceLineEndings("\n");

    /// <summary>Fails where a page differs from what it should be.</summary>
    public static void Check(string name, string expected)
    {
        var actual = File.Exists(PathOf(name)) ? Read(name) : "";
        if (expected == actual)
            return;
        if (Environment.GetEnvironmentVariable("ZFDECL_APPROVE") == "1")
            File.WriteAllText(PathOf(name), expected);
        else
            Assert.Fail($"{name} is not what it documents: {FirstDifference(expected, actual)}\nwrite it anew: ZFDECL_APPROVE=1 dotnet test tests/ZfDecl.Generators.Tests");
    }

    private static string FirstDifference(string expected, string actual)
    {
        var (wanted, has) = (expected.Split('\n'), actual.Split('\n'));
        var line = Enumerable.Range(0, int.MaxValue).First(i => wanted.ElementAtOrDefault(i) != has.ElementAtOrDefault(i));
        return $"line {line + 1}\n  has       {has.ElementAtOrDefault(line)}\n  should be {wanted.ElementAtOrDefault(line)}";
    }

    private static string PathOf(string name) => Path.Combine(Folder, name);
}
