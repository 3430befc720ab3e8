using System.Globalization;
using ZfDecl.Analyses.Visualize;
using ZfDecl.Search;
using ZfDecl.Tests.Analysis;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Reporting;

public class UnitsTableTests
{
    [Fact]
    public void EachUnitIsARowAndFieldsAreQuotedWhereTheyMustBe()
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            using var images = new ToyImages(3);
            Snapshot.Text(UnitsTable.Csv(Found(), images), "csv");
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void AnActivationReadAgainIsTheSameFloat()
    {
        using var images = new ToyImages(3);
        var row = UnitsTable.Csv(Found(), images).Split('\n')[1];
        Assert.Equal(1 / 3f + 7, float.Parse(row.Split(',')[^1], CultureInfo.InvariantCulture));
    }

    private static TopUnits Found()
    {
        // Map 1 is dead.
        var maps = zeros(3, 2, 2, 2);
        maps[0, 0, 1, 0] = 1e-20f;
        maps[1, 0, 0, 1] = 1 / 3f + 7;
        maps[2, 0, 1, 1] = 0.5f;
        var found = new TopUnits(new(0, "conv1", "conv", new(2, 2, 2), default, 0, 0, 0), 3);
        found.Add(maps, [0, 1, 2]);
        return found;
    }
}
