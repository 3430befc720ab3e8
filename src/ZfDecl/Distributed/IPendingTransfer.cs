namespace ZfDecl.Distributed;

/// <summary>Something that a group does while this process goes on with other work.</summary>
public interface IPendingTransfer
{
    /// <summary>Returns when it is done.</summary>
    /// <exception cref="Messages.ZfDeclException">A rank has failed, or is no longer heard of: see <see cref="GroupFailure"/>.</exception>
    void Wait();
}
