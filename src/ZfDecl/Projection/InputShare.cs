using ZfDecl.Networks;

namespace ZfDecl.Projection;

/// <summary>What an input of a layer gets back of the signal: all maps of it, or those that it brought.</summary>
/// <param name="Input">Index of the layer, <see cref="LayerInfo.Image"/> for the image.</param>
/// <param name="FirstMap">The first of its maps in the signal.</param>
/// <param name="Maps">How many.</param>
internal readonly record struct InputShare(int Input, int FirstMap, int Maps)
{
    /// <summary>The shares of all inputs of a layer.</summary>
    public static InputShare[] Of(NetworkInfo info, LayerInfo layer)
    {
        var (shares, first) = (new InputShare[layer.Inputs.Count], 0);
        for (var i = 0; i < shares.Length; i++)
        {
            shares[i] = new(layer.Inputs[i], first, info.ShapeOf(layer.Inputs[i]).Maps);
            first += layer.Backward == BackwardStep.Split ? shares[i].Maps : 0;
        }
        return shares;
    }
}
