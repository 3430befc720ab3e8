namespace ZfDecl.Findings;

/// <summary>A picture of a section of the report.</summary>
/// <param name="File">Its path, relative to the section's folder, with forward slashes.</param>
/// <param name="Alt">What it shows, for somebody who cannot see it.</param>
/// <param name="Caption">The line below it.</param>
public sealed record ReportFigure(string File, string Alt, string Caption);
