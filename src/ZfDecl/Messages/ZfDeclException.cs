namespace ZfDecl.Messages;

/// <summary>An error that the user can mend: it has a code, says what was found and what to do, and becomes an MSBuild error.</summary>
public sealed class ZfDeclException : Exception
{
    /// <param name="code">
    /// <c>ZF1</c> and three digits: 10xx the command line, 11xx data, 12xx runs and weights, 13xx training, 14xx visualising, 15xx snapshots and what a network is shown.
    /// </param>
    /// <param name="message">
    /// What was found, what is allowed and the remedy. A parameter or a command of the host stands in backquotes, <c>`resume=no`</c> or <c>`train spec=Zf8`</c>: the host spells it as it
    /// is typed there.
    /// </param>
    /// <param name="file">The file it is about; null where it is about none.</param>
    /// <param name="cause">The underlying error, where there is one.</param>
    public ZfDeclException(string code, string message, string? file = null, Exception? cause = null) : base(message, cause)
    {
        Code = code;
        File = file;
    }

    /// <summary>For example <c>ZF1101</c>.</summary>
    public string Code { get; }

    /// <summary>The file the error is about, or null.</summary>
    public string? File { get; }
}
