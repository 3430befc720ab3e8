namespace ZfDecl.Networks;

/// <summary>A row of the generated registry: a network that was left out, because its spec has errors.</summary>
/// <param name="Name">Its name; null where its file could not be read so far.</param>
/// <param name="SpecFile">Its file, relative to the project.</param>
/// <param name="Base">The name of the network that it extends; null where it extends none.</param>
/// <param name="Errors">The errors in its own text, in the order of lines; where there are none, they are in what it extends.</param>
public sealed record BrokenNetwork(string? Name, string SpecFile, string? Base, IReadOnlyList<SpecError> Errors);

/// <summary>An error of a spec.</summary>
/// <param name="Line">Its line, counted from 1.</param>
/// <param name="Column">Its column, counted from 1.</param>
/// <param name="Code">Its code, <c>ZF0</c> and three digits.</param>
/// <param name="Message">What was found, what is allowed and the remedy.</param>
public sealed record SpecError(int Line, int Column, string Code, string Message);
