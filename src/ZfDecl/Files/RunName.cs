using ZfDecl.Messages;

namespace ZfDecl.Files;

/// <summary>What runs may be called: letters, digits and a few signs, because names become folders on every system and stand in commands unquoted.</summary>
internal static class RunName
{
    private const int Longest = 100;

    /// <param name="name">The name.</param>
    /// <param name="what">What it is a name for.</param>
    /// <param name="parameter">The parameter that gives it.</param>
    /// <exception cref="ZfDeclException">ZF1206: it is empty, too long, or has other characters.</exception>
    internal static string Checked(string name, string what, string parameter)
    {
        var valid = PlainName.Is(name) && name.Length <= Longest && IsWordSign(name[0]) && IsWordSign(name[^1])
            && name.All(sign => IsWordSign(sign) || sign is '.' or '-' or '+' or '=') && !name.Contains("..", StringComparison.Ordinal);
        return valid ? name : throw new ZfDeclException("ZF1206",
            $"'{name}' is no name for a {what}; allowed are up to {Longest} letters, digits and the signs . _ - + = between them. Choose another with `{parameter}`");
    }

    private static bool IsWordSign(char sign) => char.IsLetterOrDigit(sign) || sign == '_';
}
