namespace ZfDecl.Data.Drawing;

/// <summary>The ten classes of the data set <c>shapes</c>, in the order of their labels. No two are alike when turned or mirrored.</summary>
internal enum ShapeKind
{
    Circle,
    Square,
    Triangle,
    Star,
    Ring,
    Cross,
    Crescent,
    Heart,
    Arrow,
    Hourglass,
}
