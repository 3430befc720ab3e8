using System.Globalization;
using ZfDecl.Networks;

namespace ZfDecl.Cli.Configuration;

/// <summary>A unit as somebody types it: its row and its column, such as <c>6+7</c>.</summary>
internal static class TypedUnit
{
    /// <summary>The position; null where the text is none.</summary>
    public static UnitPosition? Parse(string text) =>
        text.Split([',', ';', '+', ' ', ':'], StringSplitOptions.RemoveEmptyEntries) is [var y, var x]
        && int.TryParse(y, NumberStyles.None, CultureInfo.InvariantCulture, out var row) && int.TryParse(x, NumberStyles.None, CultureInfo.InvariantCulture, out var column)
            ? new(row, column)
            : null;
}
