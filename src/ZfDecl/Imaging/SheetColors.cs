using SkiaSharp;

namespace ZfDecl.Imaging;

/// <summary>The colours of a sheet.</summary>
internal static class SheetColors
{
    public static SKColor Paper { get; } = SKColors.White;
    public static SKColor Ink { get; } = new(0x22, 0x26, 0x2B);
    public static SKColor FaintInk { get; } = new(0x6A, 0x72, 0x7C);
    public static SKColor TileEdge { get; } = new(0xB8, 0xBF, 0xC8);
    public static SKColor Bar { get; } = new(0x00, 0x72, 0xB2);
    public static SKColor Outside { get; } = new(0xD5, 0xE0, 0xEE);
    public static SKColor Zero { get; } = new(ProjectionScale.MidGrey, ProjectionScale.MidGrey, ProjectionScale.MidGrey);
}
