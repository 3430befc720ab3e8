namespace ZfDecl.Endurance.Faults;

/// <summary>The process was killed. No code of the library expects it, as nobody hears of a kill.</summary>
public sealed class ProcessKilledException : Exception
{
    /// <summary>At the operation that was under way.</summary>
    public ProcessKilledException()
        : base("killed")
    {
    }
}
