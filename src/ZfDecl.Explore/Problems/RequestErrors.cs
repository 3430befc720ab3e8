using ZfDecl.Messages;

namespace ZfDecl.Explore.Problems;

/// <summary>What can be wrong with a request of the page, and with one that is not of the page.</summary>
internal static class RequestErrors
{
    private const string UnreadableCode = "ZF1810", NoImageCode = "ZF1811", NoUnitCode = "ZF1812", NotLetInCode = "ZF1813", TooManyCode = "ZF1814", TooLargeCode = "ZF1815", NotHereCode = "ZF1816";

    /// <summary>It cannot be read, or holds a number that is out of range.</summary>
    public static ZfDeclException Unreadable(string message, Exception? cause = null) => new(UnreadableCode, message, cause: cause);

    /// <summary>It names an image that there is not.</summary>
    public static ZfDeclException NoImage(string message) => new(NoImageCode, message);

    /// <summary>It names a layer, map, unit or class that there is not.</summary>
    public static ZfDeclException NoUnit(string message) => new(NoUnitCode, message);

    /// <summary>It does not come from the page of whoever has started the program.</summary>
    public static ZfDeclException NotLetIn(string message) => new(NotLetInCode, message);

    /// <summary>There are too many of them.</summary>
    public static ZfDeclException TooMany(string message) => new(TooManyCode, message);

    /// <summary>It, or the picture that it brings, is too large.</summary>
    public static ZfDeclException TooLarge(string message) => new(TooLargeCode, message);

    /// <summary>It asks for what this network, or this run, has not.</summary>
    public static ZfDeclException NotHere(string message) => new(NotHereCode, message);

    /// <summary>The status of HTTP for an error: 400 for all that are not of these.</summary>
    public static int StatusOf(ZfDeclException error) => error.Code switch
    {
        NoImageCode or NoUnitCode => 404,
        NotLetInCode => 403,
        TooManyCode => 429,
        TooLargeCode => 413,
        _ => 400,
    };
}
