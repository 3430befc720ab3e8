using ZfDecl.Analyses.Occlude;
using ZfDecl.Messages;
using ZfDecl.Models;

namespace ZfDecl.Tests.Reporting;

public sealed class OcclusionGridTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void AGridIsReadAsItWasWritten()
    {
        var grid = new SyntheticRun(Fashion.Declaration, folder.Path).Occlusion();
        grid.Write(folder.Path);
        var read = OcclusionGrid.Read(folder.Path)!;
        Assert.Equal((grid.Rows, grid.Columns, grid.Class, grid.Baseline), (read.Rows, read.Columns, read.Class, read.Baseline));
        Assert.Equal(grid.Probability, read.Probability);
        Assert.Contains("\"class\": \"Bag\"", File.ReadAllText(folder[OcclusionGrid.FileName]));
    }

    [Fact]
    public void AFolderWithoutOneHasNone() => Assert.Null(OcclusionGrid.Read(folder.Path));

    [Fact]
    public void AGridThatContradictsItselfIsNeitherWrittenNorRead()
    {
        var grid = new SyntheticRun(Fashion.Declaration, folder.Path).Occlusion();
        Assert.Contains("8×9 positions need 72 values", Assert.Throws<ArgumentException>(() => (grid with { Columns = 9 }).Write(folder.Path)).Message);
        Assert.Contains("NaN", Assert.Throws<ArgumentException>(() => (grid with { Baseline = grid.Baseline with { Activity = float.NaN } }).Write(folder.Path)).Message);

        grid.Write(folder.Path);
        var path = folder[OcclusionGrid.FileName];
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"rows\": 8", "\"rows\": 7", StringComparison.Ordinal));
        var damage = Assert.Throws<ZfDeclException>(() => OcclusionGrid.Read(folder.Path));
        Assert.Equal(("ZF1411", path), (damage.Code, damage.File));
    }
}
