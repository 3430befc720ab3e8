using ZfDecl.Messages;

namespace ZfDecl.Files;

/// <summary>What is said where the system refuses a file: its own words, and what helps against that very refusal.</summary>
internal static class FileFailure
{
    private const string AnotherFolder = "name another folder, for runs with `artifacts`";

    /// <summary>A file or folder that cannot be written.</summary>
    public static ZfDeclException CannotWrite(string path, Exception cause) => new("ZF1204", $"cannot write '{path}': {Sentence(cause)} {Remedy(cause)}", path, cause);

    /// <summary>A file that cannot be read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cause">What the system says.</param>
    /// <param name="remedy">How the file is made again, a sentence without its dot.</param>
    public static ZfDeclException CannotRead(string path, Exception cause, string remedy) =>
        new("ZF1202", $"cannot read '{path}': {Sentence(cause)} See that it may be read and that its disk is there, or bring it back from a copy. Else: {remedy}", path, cause);

    private static string Remedy(Exception cause) => (cause.HResult & 0xFFFF, OperatingSystem.IsWindows()) switch
    {
        // ENOSPC, EDQUOT of Linux and macOS; ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL.
        (28 or 122 or 69, false) or (39 or 112, true) => $"Free some space there, or {AnotherFolder}",
        // EIO; ERROR_CRC, ERROR_IO_DEVICE.
        (5, false) or (23 or 1117, true) when cause is IOException => $"The disk fails: look after it, or {AnotherFolder}",
        _ => $"Make it writable, or {AnotherFolder}",
    };

    private static string Sentence(Exception cause) => cause.Message.EndsWith('.') ? cause.Message : cause.Message + ".";
}
