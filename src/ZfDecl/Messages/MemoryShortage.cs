using System.Runtime.InteropServices;

namespace ZfDecl.Messages;

/// <summary>What libtorch, the CPU's part or a GPU's, and .NET throw where there is no memory left.</summary>
internal static class MemoryShortage
{
    private static readonly string[] Signs = ["out of memory", "can't allocate memory", "not enough memory"];

    /// <summary>Whether this is it.</summary>
    public static bool Is(Exception cause) =>
        cause is OutOfMemoryException || (cause is ExternalException && Array.Exists(Signs, sign => cause.Message.Contains(sign, StringComparison.OrdinalIgnoreCase)));

    /// <summary>The error for it, ZF1006, with what libtorch says of the amount.</summary>
    public static ZfDeclException Error(Exception cause)
    {
        var line = cause.Message.Split('\n')[0].Trim();
        var sign = Signs.Select(sign => line.IndexOf(sign, StringComparison.OrdinalIgnoreCase)).Max();
        return new("ZF1006", $"there is not enough memory: {(sign < 0 ? line : line[sign..])}. Lower `batch`, or `jobs` where trainings run side by side", null, cause);
    }
}
