using ZfDecl.Networks;

namespace ZfDecl.Projection;

/// <summary>
/// One projection on its way down a graph, and the memory it needs; used again for the next one. A signal waits at each layer until all that read it have
/// added theirs: its rectangle is the hull of theirs. One thread at a time.
/// </summary>
internal sealed class ProjectionState
{
    private readonly Stack<SignalWindow> free = [];
    private SignalWindow?[] waiting = [];       // at the image, then at each layer

    /// <summary>The signal that a step takes down: first at the output of its layer, then at its input. At the end the pixels; empty where the unit saw nothing of the image.</summary>
    public SignalWindow Signal { get; private set; } = new();

    /// <summary>The signal below the current one, while a step makes it.</summary>
    public SignalWindow Next { get; private set; } = new();

    /// <summary>The values of <see cref="Signal"/> that are not 0, for a step that wants them so.</summary>
    public SignalEntries Entries { get; } = new();

    /// <summary>The recorded image whose switches are followed.</summary>
    public int Image { get; private set; }

    /// <summary>Begins at one unit of a layer.</summary>
    public void Begin(UnitSignal unit, LayerInfo layer)
    {
        if (waiting.Length < layer.Index + 2)
            waiting = new SignalWindow?[layer.Index + 2];
        Image = unit.Image;
        Signal.Resize(new(unit.At.Y, unit.At.X, 1, 1), layer.Output.Maps);
        Signal.Clear();
        Signal.Values[unit.Map] = unit.Value;
    }

    /// <summary>Takes up the signal that waits at a layer; an empty one where nothing has come back to it.</summary>
    /// <param name="layer">Index of the layer, <see cref="LayerInfo.Image"/> for the image.</param>
    /// <param name="maps">Its maps.</param>
    public void Enter(int layer, int maps)
    {
        ref var at = ref waiting[layer + 1];
        if (at is null)
        {
            Signal.Resize(default, maps);
            return;
        }
        free.Push(Signal);
        (Signal, at) = (at, null);
    }

    /// <summary>A window for the signal below the current one.</summary>
    /// <param name="region">Its rectangle.</param>
    /// <param name="maps">Its maps.</param>
    /// <param name="isWritten">Whether the step writes every value; all are 0 otherwise.</param>
    public SignalWindow Below(PixelRegion region, int maps, bool isWritten = false)
    {
        Next.Resize(region, maps);
        if (!isWritten)
            Next.Clear();
        return Next;
    }

    /// <summary>Takes the window that <see cref="Below"/> gave as the current one.</summary>
    public void Advance() => (Signal, Next) = (Next, Signal);

    /// <summary>Adds the signal, taken down to the input of its layer, to what waits at the layers that go into it.</summary>
    /// <param name="shares">What each of them gets.</param>
    public void Leave(ReadOnlySpan<InputShare> shares)
    {
        if (Signal.IsEmpty)
            return;
        for (var i = 0; i < shares.Length; i++)
        {
            ref var at = ref waiting[shares[i].Input + 1];
            if (at is null && i == shares.Length - 1 && shares[i].Maps == Signal.Maps)
                (at, Signal) = (Signal, Empty());
            else
                at = Sum(at, shares[i]);
        }
    }

    /// <summary>What waits at a layer with its share of the signal added: in place where the rectangle stays as it is.</summary>
    private SignalWindow Sum(SignalWindow? at, InputShare share)
    {
        var hull = at is null ? Signal.Region : at.Region.Hull(Signal.Region);
        if (at is null || hull != at.Region)
        {
            var grown = Empty();
            grown.Resize(hull, share.Maps);
            grown.Clear();
            if (at is not null)
            {
                grown.Add(at, firstMap: 0);
                free.Push(at);
            }
            at = grown;
        }
        at.Add(Signal, share.FirstMap);
        return at;
    }

    private SignalWindow Empty()
    {
        var window = free.Count > 0 ? free.Pop() : new();
        window.Resize(default, 0);
        return window;
    }
}
