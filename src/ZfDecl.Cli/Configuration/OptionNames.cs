namespace ZfDecl.Cli.Configuration;

/// <summary>How the options of the host are written.</summary>
internal static class OptionNames
{
    /// <summary>Whether the end of the standard input asks the verb to save and leave.</summary>
    public const string UntilInputEnds = "--until-input-ends";

    /// <summary>The assembly of the declared networks.</summary>
    public const string Networks = "--networks";

    /// <summary>Of the setting <c>root</c>: <c>--root</c> is the repository's.</summary>
    public const string ListRoot = "--list-root";

    /// <summary>The option that gives a setting.</summary>
    /// <param name="setting">Its name, for example <c>learning-rate</c>.</param>
    public static string Of(string setting) => setting == "root" ? ListRoot : "--" + setting;
}
