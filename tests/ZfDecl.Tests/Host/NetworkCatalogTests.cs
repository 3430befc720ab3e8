using ZfDecl.Cli.Configuration;
using ZfDecl.Messages;

namespace ZfDecl.Tests.Host;

public class NetworkCatalogTests
{
    private static readonly NetworkCatalog Catalog = new(
        [DeclaredForTests.Network("Zf8", "specs/zf8.yaml"), DeclaredForTests.Network("FashionNet", "specs/fashion.yaml")]);

    [Theory]
    [InlineData("FashionNet")]
    [InlineData("fashionnet")]
    [InlineData("fashion")]
    [InlineData("Fashion.yaml")]
    [InlineData("specs/fashion.yaml")]
    [InlineData("""specs\fashion.yaml""")]
    public void ANetworkIsFoundByItsClassOrItsFile(string name) => Assert.Equal("FashionNet", Catalog.Find(name).Info.Name);

    [Fact]
    public void AMisspeltNetworkGetsTheNearestName()
    {
        var error = Assert.Throws<ZfDeclException>(() => Catalog.Find("FashonNet"));

        Assert.Equal("ZF1002", error.Code);
        Assert.Equal("-p:Spec=FashonNet: no network of that name is declared; did you mean 'FashionNet'? there are Zf8, FashionNet. A spec is " + SpecFolder.Rule, error.Message);
    }

    [Fact]
    public void ANameLikeNoneGetsTheListAlone()
    {
        var error = Assert.Throws<ZfDeclException>(() => Catalog.Find("resnet"));

        Assert.Equal("-p:Spec=resnet: no network of that name is declared; there are Zf8, FashionNet. A spec is " + SpecFolder.Rule, error.Message);
    }
}
