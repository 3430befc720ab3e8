namespace ZfDecl.Cli.Terminal;

/// <summary>Words of commands that are printed to be typed again.</summary>
internal static class ShellWord
{
    /// <summary>A word as a shell takes it for one and changes nothing in it: in quotes where it has to be, single ones where the shell would look into double ones.</summary>
    public static string Of(string word) => Of(word, OperatingSystem.IsWindows());

    internal static string Of(string word, bool isWindows)
    {
        if (word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or ':' or '=' or '.' or '_' or '/' or '+' or ',' or '@' || (isWindows && letter == '\\')))
            return word;
        return isWindows ? $"\"{word.Replace("\"", "\\\"", StringComparison.Ordinal)}\"" : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }
}
