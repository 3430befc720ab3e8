using ZfDecl.Networks;

namespace ZfDecl.Projection;

/// <summary>A value at one unit of a layer, all other units being 0: what a projection starts from.</summary>
/// <param name="Image">The recorded image whose switches are followed, from 0.</param>
/// <param name="Map">The feature map, from 0.</param>
/// <param name="At">The unit's position in it.</param>
/// <param name="Value">The value; usually the unit's activation.</param>
public readonly record struct UnitSignal(int Image, int Map, UnitPosition At, float Value);
