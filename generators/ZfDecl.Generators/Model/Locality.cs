namespace ZfDecl.Generators.Model;

/// <summary>Which units of a layer's input one unit of its output depends on; printed as the runtime's value of the same name, which documents it.</summary>
internal enum Locality
{
    Global,
    Windowed,
    Pointwise,
}
