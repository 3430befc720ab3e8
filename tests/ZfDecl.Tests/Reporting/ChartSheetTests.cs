using SkiaSharp;
using ZfDecl.Imaging.Charts;

namespace ZfDecl.Tests.Reporting;

public class ChartSheetTests
{
    private static readonly SKColor FirstColor = new(0x00, 0x72, 0xB2), SecondColor = new(0xD5, 0x5E, 0x00);

    [Fact]
    public void EveryChartIsDrawnAndEveryLineHasItsColour()
    {
        using var picture = SKBitmap.Decode(Sheet().ToPng());
        var (left, top) = (picture.Width / 2, picture.Height / 2);
        foreach (var (x, y) in new[] { (0, 0), (left, 0), (0, top), (left, top) })
        {
            Assert.True(Has(picture, x, y, FirstColor), $"no first line in the quarter at {x}, {y}");
            Assert.True(Has(picture, x, y, SecondColor), $"no second line in the quarter at {x}, {y}");
        }
        Assert.Equal(SKColors.White, picture.GetPixel(2, 2));
    }

    [Fact]
    public void TheVectorPictureHasTheTexts()
    {
        var svg = Sheet().ToSvg();
        Assert.StartsWith("<?xml", svg);
        Assert.EndsWith("</svg>", svg.TrimEnd());
        Assert.Contains("Open Sans, sans-serif", svg);
        Assert.Contains("four charts", svg);
    }

    [Fact]
    public void ALineIsInterruptedWhereItHasNoNumber() =>
        Assert.NotEmpty(new ChartSheet("gap", [], [[Chart(new ChartLine("one", [0, 1, 2, 3], [1, double.NaN, double.PositiveInfinity, 2]))]]).ToPng());

    [Fact]
    public void OverPlacesWithoutDistanceTheLinesAreBars()
    {
        var chart = Chart(new("one", [], [80, double.NaN]) { Deviation = [5, 0] }, new("two", [], [40, 60]) { Deviation = [1, 2] }) with { Categories = ["conv1", "relu7"] };
        using var picture = SKBitmap.Decode(new ChartSheet("bars", [], [[chart]]).ToPng());
        var (one, two) = (Pixels(FirstColor), Pixels(SecondColor));
        // Two bars of 40 and 60 beside one of 80: areas are as 100 to 80, less the error bars' lines.
        Assert.InRange(two / (double)one, 1.2, 1.3);

        int Pixels(SKColor color) => picture.Pixels[..(picture.Width * (picture.Height - 80))].Count(pixel => pixel == color);
    }

    private static ChartSheet Sheet()
    {
        ChartLine[] lines = [new("one", [0, 1, 2], [0, 1, 0.5]), new("two", [0, 1, 2], [1, 0.2, 0]) { IsFilled = true }];
        return new("four charts", ["A sentence."], [[Chart(lines), Chart(lines)], [Chart(lines), Chart(lines)]]);
    }

    private static Chart Chart(params ChartLine[] lines) => new() { Title = "a chart", XLabel = "x", YLabel = "y", Lines = lines, LowestY = 0 };

    private static bool Has(SKBitmap picture, int left, int top, SKColor color)
    {
        // The legend below shows every colour too: leave it out.
        for (var y = top; y < top + picture.Height / 2 - 80; y++)
            for (var x = left; x < left + picture.Width / 2; x++)
                if (picture.GetPixel(x, y) == color)
                    return true;
        return false;
    }
}
