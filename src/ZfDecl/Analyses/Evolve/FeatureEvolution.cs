using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Runs;
using ZfDecl.Search;

namespace ZfDecl.Analyses.Evolve;

/// <summary>
/// How features come about during a training (Zeiler &amp; Fergus 2014, Fig. 4): for each map the strongest unit over all images after some epochs, projected down to
/// pixels. A sudden jump comes from a change of the image that excites the map most.
/// </summary>
public static class FeatureEvolution
{
    /// <summary>Looks at a network as it was after each epoch.</summary>
    /// <param name="net">The network; it has the weights of the last snapshot afterwards.</param>
    /// <param name="snapshots">Its weights, in order of the epoch.</param>
    /// <param name="images">The images that are searched; the paper takes the training images.</param>
    /// <param name="preprocessor">Makes the network's inputs of them.</param>
    /// <param name="layers">The names of the layers.</param>
    /// <param name="selection">Which of their maps.</param>
    /// <param name="rules">The rules that the deconvnet follows.</param>
    /// <param name="log">Is told of the progress.</param>
    /// <returns>The layers, in the order named.</returns>
    /// <exception cref="ZfDeclException">
    /// ZF1402: there are no images, or no such layer; ZF1434: a layer has no such map; ZF1203: weights do not fit the network; ZF1201, ZF1202: they cannot be read;
    /// ZF1403: an activation is infinite or NaN.
    /// </exception>
    public static IReadOnlyList<EvolvedLayer> Follow(
        ConvNet net, IReadOnlyList<EpochSnapshot> snapshots, ImageSet images, Preprocessor preprocessor, IReadOnlyList<string> layers, MapSelection selection, DeconvnetOptions rules, IRunLog log)
    {
        var visualization = new FeatureVisualization(net, images, preprocessor, new() { Layers = layers, Top = 1, Maps = selection, Deconvnet = rules }, log);
        var chosen = visualization.Layers.Select(selection.Of).ToArray();
        var units = chosen.Select(maps => maps.Select(_ => new List<VisualizedUnit?>()).ToArray()).ToArray();
        foreach (var snapshot in snapshots)
        {
            log.Say($"epoch {snapshot.Epoch}");
            WeightsFile.LoadInto(snapshot.WeightsPath, net);
            foreach (var (layer, (_, maps)) in visualization.Project(visualization.FindStrongest()).Index())
            {
                foreach (var (position, map) in maps.Index())
                    units[layer][position].Add(map.Units is [var strongest, ..] ? strongest : null);
            }
        }
        int[] epochs = [.. snapshots.Select(snapshot => snapshot.Epoch)];
        return [.. visualization.Layers.Select((layer, i) => new EvolvedLayer(layer, epochs, [.. chosen[i].Select((map, position) => new EvolvedMap(map, units[i][position]))]))];
    }
}
