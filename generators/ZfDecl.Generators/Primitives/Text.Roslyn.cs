namespace ZfDecl.Generators.Primitives;

/// <content>What the compiler writes.</content>
internal static partial class Text
{
    /// <summary>A text as C# writes it.</summary>
    public static string Quote(string text) => Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(text, quote: true);
}
