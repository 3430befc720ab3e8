namespace ZfDecl.Cli.Terminal;

/// <summary>Errors and warnings in the form that MSBuild understands: <c>file(line,column): error ZF1234: text</c>, on one line.</summary>
internal static class CanonicalLine
{
    /// <summary>An error.</summary>
    public static string Error(string code, string message, string? file = null) => Line("error", code, message, file);

    /// <summary>A warning.</summary>
    public static string Warning(string code, string message, string? file = null) => Line("warning", code, message, file);

    private static string Line(string category, string code, string message, string? file)
    {
        var text = string.Join(' ', message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return file is null ? $"{category} {code}: {text}" : $"{file}: {category} {code}: {text}";
    }
}
