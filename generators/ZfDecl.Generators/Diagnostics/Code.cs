namespace ZfDecl.Generators.Diagnostics;

/// <summary>A code of the table in <see cref="Codes"/>: its number, whether it is an error or a warning, and what its help page says of it.</summary>
internal sealed partial class Code(string id, bool isError, string title, bool isOfNetwork = false)
{
    public string Id => id;

    public bool IsError => isError;

    public string Title => title;

    /// <summary>Whether it is about a network as a whole, so that its derived networks need not be told again.</summary>
    public bool IsOfNetwork => isOfNetwork;
}
