namespace ZfDecl.Generators.Model;

/// <summary>The step of the backward projection through a layer; printed as the runtime's value of the same name, which documents it.</summary>
internal enum BackwardStep
{
    WholeImage,
    None,
    Identity,
    TransposedFilters,
    Unpool,
    Unaverage,
    Rectify,
    Scale,
    Crop,
    Split,
    Unshuffle,
}
