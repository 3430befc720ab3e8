namespace ZfDecl.Networks;

/// <summary>A unit's position in its feature map; (0, 0) in a dense layer.</summary>
/// <param name="Y">Row, from 0.</param>
/// <param name="X">Column, from 0.</param>
public readonly record struct UnitPosition(int Y, int X);
