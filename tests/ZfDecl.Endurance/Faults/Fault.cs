namespace ZfDecl.Endurance.Faults;

/// <summary>What happens at an operation of a disk.</summary>
public enum Fault
{
    /// <summary>The process is killed there: nothing that it does afterwards reaches the disk.</summary>
    Kill,

    /// <summary>ENOSPC: the disk is full from there on; what is there can be renamed and deleted.</summary>
    NoSpace,

    /// <summary>EIO: this operation fails, and no other.</summary>
    InputOutput,

    /// <summary>EROFS: the disk can only be read from there on.</summary>
    ReadOnly,
}
