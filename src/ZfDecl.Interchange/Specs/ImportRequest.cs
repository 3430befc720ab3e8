using ZfDecl.Interchange.Packages;

namespace ZfDecl.Interchange.Specs;

/// <summary>What is wanted of a network that is imported.</summary>
/// <param name="Name">The name that it gets.</param>
/// <param name="Side">The height and width of the image where the model leaves them open.</param>
/// <param name="Package">The package that the model lies in; null for a file of its own.</param>
internal sealed record ImportRequest(string Name, int Side, ModelPackage? Package = null);
