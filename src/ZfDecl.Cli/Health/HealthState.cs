namespace ZfDecl.Cli.Health;

/// <summary>What a finding means for the commands.</summary>
internal enum HealthState
{
    /// <summary>It is as it should be.</summary>
    Well,

    /// <summary>Something that only some commands use is not there.</summary>
    Absent,

    /// <summary>Commands work, but slower or narrower than they could.</summary>
    Poor,

    /// <summary>Commands fail.</summary>
    Ill,
}
