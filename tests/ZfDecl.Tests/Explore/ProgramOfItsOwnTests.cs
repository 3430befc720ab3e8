using ZfDecl.Explore;
using ZfDecl.Models;

namespace ZfDecl.Tests.Explore;

/// <summary>The explorer is a program of its own: all other verbs run where ASP.NET Core is missing.</summary>
public class ProgramOfItsOwnTests
{
    [Fact]
    public void TheHostRefersToNothingOfAspNetCoreAndTheExplorerDoes()
    {
        Assert.DoesNotContain(References(typeof(Cli.Host)), name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
        Assert.Contains(References(typeof(ExploreCommand)), name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
        Assert.DoesNotContain("AspNetCore", Runtime("ZfDecl.Cli"), StringComparison.Ordinal);
        Assert.Contains("AspNetCore", Runtime("ZfDecl.Explore"), StringComparison.Ordinal);
    }

    [Fact]
    public void TheHostKnowsItsVerbAndSaysHowItIsStarted()
    {
        using var errors = new StringWriter();
        Assert.Equal(1, new Cli.Host(DeclaredNetworks.All, TextWriter.Null, errors).Run(["explore", $"--root={Repository.Root}"]));
        Assert.Contains("error ZF1801: 'explore' is a program of its own, which this one is not; start it with: dotnet msbuild -t:Explore", errors.ToString(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> References(Type type) => type.Assembly.GetReferencedAssemblies().Select(name => name.Name!);

    private static string Runtime(string program) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, $"{program}.runtimeconfig.json"));
}
