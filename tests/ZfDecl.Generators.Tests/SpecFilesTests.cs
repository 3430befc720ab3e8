using ZfDecl.Generators.Emitting;
using ZfDecl.Generators.Primitives;
using ZfDecl.Generators.Reading;

namespace ZfDecl.Generators.Tests;

/// <summary>Which of a project's additional files are specs, and what they are called.</summary>
public class SpecFilesTests
{
    [Theory]
    [InlineData("specs/digits.yaml", true)]
    [InlineData("specs/studies/deep/digits.YML", true)]
    [InlineData("models/specs/digits.yaml", true)]
    [InlineData("api/openapi.yaml", false)]
    [InlineData("myspecs/openapi.yaml", false)]
    [InlineData("specs.yaml", false)]
    [InlineData("specs/digits.json", false)]
    public void YamlBelowAFolderCalledSpecsIsOne(string path, bool isSpec) => Assert.Equal(isSpec, new ProjectOptions("Any", "/specs/project/").IsSpec("/specs/project/" + path));

    [Theory]
    [InlineData("networks/digits.yaml", true)]
    [InlineData("specs/digits.yaml", false)]
    public void AProjectMayCallTheFolderOtherwise(string path, bool isSpec) => Assert.Equal(isSpec, new ProjectOptions("Any", "/home/me/app/", Specs: "networks").IsSpec("/home/me/app/" + path));

    [Theory]
    [InlineData("MyApp", "MyApp")]
    [InlineData("my-net.2", "my_net._2")]
    [InlineData("a.class.b", "a.@class.b")]
    [InlineData("Größe 1", "Größe_1")]
    public void AProjectOfAnyNameHasANamespace(string project, string ns) => Assert.Equal(ns, Names.NamespaceOf(project));

    [Fact]
    public void TheAssemblyTellsWhereItsNetworksAreListed() => Assert.Contains(
        "[assembly: global::ZfDecl.Networks.NetworkRegistry(typeof(global::Any.DeclaredNetworks), Specs = \"networks\", Artifacts = \"runs\")]",
        RegistryEmitter.EmitMark(new("Any", "/", Specs: "networks", Artifacts: "runs")), StringComparison.Ordinal);

    [Fact]
    public void AnotherGeneratorsYamlIsLeftAlone()
    {
        var found = SpecCompilation.Of(
            ("specs/a.yaml", "network: A\ninput: { channels: 1, height: 8, width: 8 }\nclasses: 2\nlayers: [ { dense: scores } ]\n"),
            ("api/openapi.yaml", "openapi: 3.0.0\npaths: {}\n"));
        Assert.Empty(found.Diagnostics);
        Assert.Equal(["A"], found.Load().Select(network => network.Info.Name));
    }

    // The compiler takes # and ; in a property for the beginning of a comment.
    [Theory]
    [InlineData("/home/me/zfdecl/", "/home/me/zfdecl/specs/a.yaml", "specs/a.yaml")]
    [InlineData("""C:\zfdecl\""", """C:\zfdecl\specs\studies\a.yaml""", "specs/studies/a.yaml")]
    [InlineData("/home/C", "/home/C#/zfdecl/specs/studies/a.yaml", "specs/studies/a.yaml")]
    [InlineData("/home/a", "/home/a;b/zfdecl/specs/a.yaml", "specs/a.yaml")]
    [InlineData("", "/elsewhere/a.yaml", "a.yaml")]
    public void APathIsToldFromTheRootThoughTheCompilerTellsOnlyAPartOfIt(string root, string path, string relative) =>
        Assert.Equal(relative, new ProjectOptions("Any", root).Relative(path));
}
