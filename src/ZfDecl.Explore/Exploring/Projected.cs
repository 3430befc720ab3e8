using ZfDecl.Analyses.Project;
using ZfDecl.Explore.Problems;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Projection;

namespace ZfDecl.Explore.Exploring;

/// <summary>A unit, a class or a layer to be projected.</summary>
/// <param name="Subject">What is looked at.</param>
/// <param name="Layer">The layer; that of the class scores where a class is named.</param>
/// <param name="Map">The map; the strongest where null.</param>
/// <param name="At">Row and column; the strongest where null.</param>
/// <param name="Whole">Whether the whole layer is projected.</param>
/// <param name="Class">The class whose score is projected; null for none.</param>
internal sealed record Projected(Subject? Subject, string? Layer, int? Map, int[]? At, bool Whole, int? Class)
{
    private const int MostLinks = 5;

    /// <summary>Projects it.</summary>
    /// <param name="explored">What is looked at.</param>
    /// <param name="rules">Under each of these rules.</param>
    /// <exception cref="ZfDeclException">ZF1810 … ZF1816, ZF1460: there is no such thing.</exception>
    public ImageProjection[] By(Explored explored, IEnumerable<DeconvnetOptions> rules)
    {
        var (net, layer) = Chosen(explored);
        var map = ExploredNet.MapOf(layer, Class ?? Map);
        if (At is [var row, var column] && (row < 0 || row >= layer.Output.Height || column < 0 || column >= layer.Output.Width))
            throw RequestErrors.NoUnit($"layer '{layer.Name}' has no unit ({row}, {column}); rows are 0 … {layer.Output.Height - 1}, columns 0 … {layer.Output.Width - 1}");
        UnitPosition? at = At switch { null => null, [var y, var x] => new(y, x), _ => throw RequestErrors.Unreadable("'at' has two numbers: row and column") };
        var image = explored.Image(Subject);
        var weights = net.After(Subject!.Epoch);
        return [.. rules.Select(weights.UpsideDown).Select(down => Whole
            ? ImageProjection.OfLayer(down.Whole, image.Recording, layer)
            : ImageProjection.OfUnit(down.Whole, image.Recording, layer, map, at, down.Windowed))];
    }

    /// <summary>The run and the layer.</summary>
    public (ExploredNet Net, LayerInfo Layer) Chosen(Explored explored)
    {
        var net = explored.Net(Subject?.Net ?? 0);
        return (net, net.Layer(Layer ?? (Class is null ? null : net.Info.Scores.Name)));
    }

    /// <summary>The units of the convolutions below that carry a unit, from the upper layer to the lower; none where these cannot be followed in windows.</summary>
    /// <param name="explored">What is looked at.</param>
    /// <param name="projection">Its projection.</param>
    /// <param name="rules">The rules.</param>
    public IReadOnlyList<SignalLink[]> Chain(Explored explored, ImageProjection projection, DeconvnetOptions rules)
    {
        var (net, layer) = Chosen(explored);
        var windowed = net.After(Subject!.Epoch).UpsideDown(rules).Windowed;
        if (projection.Unit is not { } unit || projection.Value == 0 || !windowed.Supports(layer.Index))
            return [];
        int[] below = [.. net.Layers.Where(lower => lower.Index < layer.Index && lower.Role is LayerRole.Convolution or LayerRole.Dense).Select(lower => lower.Index).Where(index => index < layer.Index)];
        return windowed.StrongestOnTheWay(explored.Image(Subject).Recording, layer.Index, new(0, unit.Map, unit.At, projection.Value), below, MostLinks);
    }
}
