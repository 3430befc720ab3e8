namespace ZfDecl.Generators.Language;

/// <summary>Regular expressions of names, for editors; the rules themselves are the parser's.</summary>
internal static class NamePatterns
{
    /// <summary>Of a layer's name.</summary>
    public const string Layer = "^[a-z][A-Za-z0-9_]{0,63}$";

    /// <summary>Of a network's name.</summary>
    public const string Network = "^[A-Z][A-Za-z0-9_]{0,63}$";
}
