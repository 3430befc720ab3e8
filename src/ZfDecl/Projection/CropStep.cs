using ZfDecl.Networks;

namespace ZfDecl.Projection;

/// <summary>The step of a windowed projection through a padding: what has come back to the border that it added is cut off.</summary>
/// <param name="window">The padding, as a window of one unit.</param>
/// <param name="input">The shape of its input.</param>
internal sealed class CropStep(LayerWindow window, FeatureShape input) : WindowStep
{
    public override void Take(ProjectionState state, in LayerViews views)
    {
        state.Signal.MoveTo(window.Below(state.Signal.Region));
        state.Signal.ClipTo(input.Height, input.Width);
    }
}
