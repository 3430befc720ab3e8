namespace ZfDecl.Tests;

/// <summary>Files of the repository that are made from definitions and kept equal to them; ZFDECL_APPROVE=1 writes them anew.</summary>
internal static class Approved
{
    /// <summary>Fails where a file differs from what it should be.</summary>
    /// <param name="path">Its path in the repository.</param>
    /// <param name="expected">What it should hold.</param>
    public static void Check(string path, string expected)
    {
        var file = Path.Combine(Repository.Root, path);
        var actual = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        if (actual == expected)
            return;
        if (Environment.GetEnvironmentVariable("ZFDECL_APPROVE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, expected);
            return;
        }
        var (wanted, has) = (expected.Split('\n'), actual.Split('\n'));
        var line = Enumerable.Range(0, int.MaxValue).First(i => wanted.ElementAtOrDefault(i) != has.ElementAtOrDefault(i));
        Assert.Fail($"{path} is not what it is made from: line {line + 1}\n  has       {has.ElementAtOrDefault(line)}\n  should be {wanted.ElementAtOrDefault(line)}\nwrite it anew: ZFDECL_APPROVE=1 dotnet test tests/ZfDecl.Tests");
    }
}
