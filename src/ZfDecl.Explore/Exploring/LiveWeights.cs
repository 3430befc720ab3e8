using ZfDecl.Networks;
using ZfDecl.Projection;

namespace ZfDecl.Explore.Exploring;

/// <summary>A network with its weights, the images that it saw last, and itself upside down under the rules that were asked for. One thread at a time.</summary>
/// <param name="network">The network, in evaluation mode.</param>
/// <param name="isOwner">Whether it is this object's to dispose.</param>
internal sealed class LiveWeights(ConvNet network, bool isOwner) : IDisposable
{
    private const int MostImages = 6, MostCovered = 2;

    private readonly RecentlyUsed<string, LiveImage> images = new(MostImages);
    private readonly RecentlyUsed<string, LiveImage> covered = new(MostCovered);       // apart: a square that is dragged would drive all others out
    private readonly Dictionary<DeconvnetOptions, (Deconvnet Whole, WindowedDeconvnet Windowed)> upsideDown = [];

    /// <summary>The network; stays this object's, or who has made it.</summary>
    public ConvNet Network => network;

    /// <summary>An image, recorded anew where it is not among the last ones.</summary>
    /// <param name="key">What it is told from others by.</param>
    /// <param name="isCovered">Whether a square covers a part of it.</param>
    /// <param name="make">Makes it.</param>
    public LiveImage Image(string key, bool isCovered, Func<LiveImage> make) => (isCovered ? covered : images).Get(key, make);

    /// <summary>The network upside down.</summary>
    /// <param name="rules">The rules that it follows.</param>
    public (Deconvnet Whole, WindowedDeconvnet Windowed) UpsideDown(DeconvnetOptions rules)
    {
        if (!upsideDown.TryGetValue(rules, out var made))
            upsideDown[rules] = made = (network.CreateDeconvnet(rules), upsideDown.Values.FirstOrDefault().Windowed?.Under(rules) ?? new(network, rules));
        return made;
    }

    public void Dispose()
    {
        images.Clear();
        covered.Clear();
        foreach (var (whole, _) in upsideDown.Values)
            whole.Dispose();
        if (isOwner)
            network.Dispose();
    }
}
