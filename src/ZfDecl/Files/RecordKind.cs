namespace ZfDecl.Files;

/// <summary>What all records of a kind have in common.</summary>
/// <param name="Code">The code of one that is damaged, for example <c>ZF1208</c>.</param>
/// <param name="Finding">What is said of one, for example <c>this is not the record of a run</c>.</param>
/// <param name="Remedy">What to do, a sentence without its dot.</param>
/// <param name="Format">The number of the format that is written, and the highest that is read. Files without one are of format 1.</param>
internal sealed record RecordKind(string Code, string Finding, string Remedy, int Format = 1);
