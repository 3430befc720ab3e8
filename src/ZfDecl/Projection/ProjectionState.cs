using ZfDecl.Networks;

namespace ZfDecl.Projection;

/// <summary>One projection on its way down, and the memory it needs; used again for the next one. One thread at a time.</summary>
internal sealed class ProjectionState
{
    /// <summary>The signal at the layer that was reached.</summary>
    public SignalWindow Signal { get; private set; } = new();

    /// <summary>The signal below the current one, while a step makes it.</summary>
    public SignalWindow Next { get; private set; } = new();

    /// <summary>The values of <see cref="Signal"/> that are not 0, for a step that wants them so.</summary>
    public SignalEntries Entries { get; } = new();

    /// <summary>The recorded image whose switches are followed.</summary>
    public int Image { get; private set; }

    /// <summary>Begins at one unit of a layer of so many maps.</summary>
    public void Begin(UnitSignal unit, int maps)
    {
        Image = unit.Image;
        Signal.Resize(new(unit.At.Y, unit.At.X, 1, 1), maps);
        Signal.Clear();
        Signal.Values[unit.Map] = unit.Value;
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
}
