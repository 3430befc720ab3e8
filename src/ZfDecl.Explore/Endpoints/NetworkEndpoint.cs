using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using ZfDecl.Explore.Exploring;
using ZfDecl.Explore.Serving;
using ZfDecl.Imaging.Diagrams;
using ZfDecl.Networks;
using ZfDecl.Search;

namespace ZfDecl.Explore.Endpoints;

/// <summary>Says what is looked at.</summary>
internal sealed partial class NetworkEndpoint(Explored explored, ImageEndpoints images, OtherRuns others, ExploreLimits limits)
{
    /// <summary>The networks, the images and the limits.</summary>
    public Task Describe(HttpContext context, CancellationToken token) => Answers.Write(context, new
    {
        Nets = explored.Nets.Select(Describe),
        Data = new
        {
            explored.Opened.Split,
            explored.Images.Count,
            Labels = Enumerable.Range(0, explored.Images.Count).Any(index => explored.Images.Label(index) >= 0),
            Gallery = images.Misclassified is not null,
        },
        Runs = others.All,
        Limits = new { limits.UploadBytes, limits.Pixels },
    });

    /// <summary>A network.</summary>
    public static object Describe(ExploredNet net)
    {
        var (shown, hasBranches) = (FeatureLayers.Shown(net.Info), net.Layers.Any(layer => layer.Inputs.Count > 1));
        return new
        {
            Spec = net.Info.Name,
            net.Info.Summary,
            Run = net.Source.Name,
            net.Source.Weights,
            Epochs = net.Epochs.Select(epoch => epoch.Epoch),
            Preprocessing = net.Preprocessor.Described,
            Input = new { net.Info.Input.Maps, net.Info.Input.Height, net.Info.Input.Width },
            net.Classes,
            Layers = net.Layers.Select(layer => new
            {
                layer.Index,
                layer.Name,
                layer.Kind,
                layer.Output.Maps,
                layer.Output.Height,
                layer.Output.Width,
                layer.IsFlat,
                Shown = shown.Contains(layer.Name),
                IsScores = layer.YieldsScores,
                Readout = net.Layers[layer.Readout].Name,
                CanProject = net.Layers.Take(layer.Readout + 1).All(step => step.Backward != BackwardStep.None),
                layer.ReceptiveField,
                layer.Inputs,
            }),
            Svg = Link().Replace(NetworkDiagram.Svg(net.Info.Input, net.Layers, layer => $"#layer={layer.Name}", isNarrow: hasBranches), "<a data-layer=\"$1\" href=\"#layer=$1\""),
        };
    }

    [GeneratedRegex("<a href=\"#layer=(\\w+)\"")]
    private static partial Regex Link();
}
