using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Primitives;

namespace ZfDecl.Generators.Model;

/// <summary>A network that is left out because of errors.</summary>
/// <param name="Name">Its name; null where a file could not be read so far.</param>
/// <param name="SpecFile">Its file, relative to the project.</param>
/// <param name="Base">The network that it extends; null where it extends none.</param>
/// <param name="Errors">The errors in its own text; where there are none, they are in what it extends.</param>
internal sealed record BrokenNetwork(string? Name, string SpecFile, string? Base, EquatableArray<SpecDiagnostic> Errors);
