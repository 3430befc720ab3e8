using ZfDecl.Report.Contents;

namespace ZfDecl.Report.Page;

/// <summary>How the run was made: what it takes to repeat it.</summary>
internal static class ProvenancePart
{
    public static PagePart? Of(ReportRun run) => run.Record is not { } record ? null : new("provenance", "How it was made", Html.Of($"""
        <p><code>{record.CommandLine}</code></p>
        <p>{record.Data}.</p>
        <details><summary>{record.Settings.Count} settings, versions and machine</summary>
        <div class="scroll" tabindex="0" role="region" aria-label="settings"><table>
        <thead><tr><th scope="col">setting</th><th scope="col" class="text">value</th><th scope="col" class="text">from</th></tr></thead>
        <tbody>{record.Settings.Select(setting => Row(setting.Name, setting.Value, setting.Origin))}
        {Row("started", record.Started.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture) + " UTC", "")}
        {Row("versions", $"ZfDecl {record.Versions.ZfDecl}, TorchSharp {record.Versions.TorchSharp}, .NET {record.Versions.DotNet}", "")}
        {Row("machine", FormattableString.Invariant($"{record.Machine.OperatingSystem}, {record.Machine.Architecture}, {record.Machine.Cores} cores, {record.Machine.Threads} threads"), "")}
        {Row("spec SHA-256", record.SpecHash, "")}
        {(record.Imported is { } file ? Html.Of($"{Row("imported from", $"{file.File}, {file.Format}{(file.Producer.Length > 0 ? $", written by {file.Producer}" : "")}", "")}{Row("its SHA-256", file.Sha256, "")}{Row("its licence", file.Licence.Length > 0 ? file.Licence : "not stated", "")}") : Row("data SHA-256", record.DataHash, ""))}</tbody>
        </table></div></details>
        """));

    private static Html Row(string name, string value, string origin) => Html.Of($"<tr><th scope=\"row\">{name}</th><td class=\"text\">{value}</td><td class=\"text\">{origin}</td></tr>\n");
}
