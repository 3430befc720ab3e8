using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using static TorchSharp.torch;

namespace ZfDecl.Generators.Tests.KindTable;

/// <summary>Every kind of layer in everything that is done to a network: each cell of the table is a test of values, not of a return.</summary>
public class KindsInAnalysesTests
{
    public static TheoryData<string, string> Cells
    {
        get
        {
            var cells = new TheoryData<string, string>();
            foreach (var row in KindRow.All)
            {
                foreach (var analysis in KindAnalyses.All.Keys)
                    cells.Add(row.Kind, analysis);
            }
            return cells;
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void AKindWorksInAnAnalysis(string kind, string analysis)
    {
        using var scope = NewDisposeScope();
        using var net = KindNetworks.Create(KindRow.All.Single(row => row.Kind == kind));
        using var images = new ShapesImageSet(net.Info.Input, count: 20);
        var preprocessor = new Preprocessor(net.Info.Input, images.Shape, net.Info.Recipe.Preprocess, ImageStatistics.Measure(images, net.Info.Input, new SilentLog()));
        KindAnalyses.All[analysis](new(net, net.Info.Layer("some"), images, preprocessor));
    }
}
