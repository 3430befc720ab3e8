using System.Xml.Linq;
using ZfDecl.Imaging.Diagrams;
using ZfDecl.Models;
using ZfDecl.Networks;

namespace ZfDecl.Tests.Imaging;

public class NetworkDiagramTests
{
    public static TheoryData<string> Networks => [.. DeclaredNetworks.All.Select(network => network.Info.Name)];

    [Theory]
    [MemberData(nameof(Networks))]
    public void NoTwoBoxesOverlapAndNoConnectionPassesThroughABox(string name)
    {
        var boxes = DiagramBox.Of(Info(name).Layers);
        var layout = new DiagramLayout(boxes);
        Assert.Equal(boxes.Count, layout.Rows.Zip(layout.Lanes).Distinct().Count());
        foreach (var edge in layout.Edges)
        {
            Assert.True(layout.Rows[edge.From] < layout.Rows[edge.To]);
            for (var row = layout.Rows[edge.From] + 1; row < layout.Rows[edge.To]; row++)
                Assert.DoesNotContain((row, edge.Lane), layout.Rows.Zip(layout.Lanes));
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void EveryLayerIsInABoxAndEveryInputIsAConnection(string name)
    {
        var info = Info(name);
        var boxes = DiagramBox.Of(info.Layers);
        Assert.Equal(info.Layers, boxes.SelectMany(box => box.Layers).OrderBy(layer => layer.Index));
        Assert.All(boxes.Skip(1), box => Assert.Equal(box.Layers[0].Inputs, box.Inputs.Select(input => input == 0 ? LayerInfo.Image : boxes[input].Layers[^1].Index)));
    }

    [Fact]
    public void AShortcutPassesByInALaneOfItsOwn()
    {
        var boxes = DiagramBox.Of(Info("FashionResidual").Layers);
        var layout = new DiagramLayout(boxes);
        int Box(string layer) => boxes.Index().Single(box => box.Item.Layers.Any(one => one.Name == layer)).Index;
        Assert.Equal((0, 0, 0), (layout.Lanes[Box("conv2a")], layout.Lanes[Box("conv2b")], layout.Lanes[Box("sum2")]));
        Assert.Equal(1, layout.Edges.Single(edge => edge.From == Box("pool1") && edge.To == Box("sum2")).Lane);
        Assert.Equal((1, layout.Rows[Box("conv3a")]), (layout.Lanes[Box("short3")], layout.Rows[Box("short3")]));
        Assert.Equal(Box("conv2b"), Box("batch2b"));
    }

    [Fact]
    public void WhatIsDrawnIsWellFormedAndLeadsToTheLayersThatAreShown()
    {
        var info = Info("FashionResidual");
        var svg = XElement.Parse(NetworkDiagram.Svg(info.Input, info.Layers, layer => layer.Name == "sum2" ? "#sum2" : null));
        Assert.Equal("#sum2", svg.Descendants().Single(element => element.Name.LocalName == "a").Attribute("href")!.Value);
        Assert.Equal(DiagramBox.Of(info.Layers).Count, svg.Descendants().Count(element => element.Name.LocalName == "rect"));
    }

    [Fact]
    public void ANarrowDrawingSaysTheRestToWhoeverPointsAtABox()
    {
        var info = Info("ResNet18");
        XElement Drawn(bool isNarrow) => XElement.Parse(NetworkDiagram.Svg(info.Input, info.Layers, isNarrow: isNarrow));
        static int WidthOf(XElement svg) => (int)svg.Attribute("width")!;
        var (full, narrow) = (Drawn(isNarrow: false), Drawn(isNarrow: true));
        Assert.True(WidthOf(narrow) < WidthOf(full) / 2, $"{WidthOf(narrow)} of {WidthOf(full)}");
        Assert.Contains("conv 7×7, stride 2 · batchnorm · relu", narrow.Descendants().Where(element => element.Name.LocalName == "title").Select(element => element.Value));
        Assert.DoesNotContain(full.Descendants(), element => element.Name.LocalName == "title");
    }

    private static NetworkInfo Info(string name) => DeclaredNetworks.All.Single(network => network.Info.Name == name).Info;
}
