namespace ZfDecl.Generators.Model;

/// <summary>What a window takes where it reaches over the border; printed as the runtime's value of the same name, which documents it.</summary>
internal enum WindowBorder
{
    OwnRule,
    Zeros,
    Excluded,
}
