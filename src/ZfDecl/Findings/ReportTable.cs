namespace ZfDecl.Findings;

/// <summary>A table of a section of the report.</summary>
/// <param name="File">A CSV file with a header, its path relative to the section's folder, with forward slashes.</param>
/// <param name="Caption">The line above it.</param>
public sealed record ReportTable(string File, string Caption);
