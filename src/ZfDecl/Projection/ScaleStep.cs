namespace ZfDecl.Projection;

/// <summary>The step of a windowed projection through a layer that multiplies each map by a factor.</summary>
/// <param name="factors">The factor of each map.</param>
internal sealed class ScaleStep(float[] factors) : WindowStep
{
    public override void Take(ProjectionState state, in LayerViews views)
    {
        var values = state.Signal.Values;
        for (var at = 0; at < values.Length; at += factors.Length)
        {
            for (var map = 0; map < factors.Length; map++)
                values[at + map] *= factors[map];
        }
    }
}
