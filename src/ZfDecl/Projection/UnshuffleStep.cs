namespace ZfDecl.Projection;

/// <summary>The step of a windowed projection through a shuffle of maps: map <c>j · groups + g</c> goes back to be map j of group g.</summary>
/// <param name="groups">Parts that the maps fell into before they were shuffled.</param>
internal sealed class UnshuffleStep(int groups) : WindowStep
{
    public override void Take(ProjectionState state, in LayerViews views)
    {
        var (signal, ofGroup) = (state.Signal, state.Signal.Maps / groups);
        var below = state.Below(signal.Region, signal.Maps, isWritten: true);
        for (var at = 0; at < signal.Values.Length; at += signal.Maps)
        {
            for (var map = 0; map < signal.Maps; map++)
                below.Values[at + map] = signal.Values[at + (map % ofGroup * groups) + (map / ofGroup)];
        }
        state.Advance();
    }
}
