using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Health;
using ZfDecl.Cli.Terminal;
using ZfDecl.Messages;

namespace ZfDecl.Cli.Commands;

/// <summary><c>-t:Doctor</c>: looks at what commands need of this machine, says what to do where something is missing, and gives the lines for a report of an error.</summary>
internal static class DoctorCommand
{
    /// <summary>Prints a line for each thing looked at, and below them what to do.</summary>
    /// <returns>0; it throws where commands would fail.</returns>
    /// <exception cref="ZfDeclException">ZF1013: something that commands need is not there.</exception>
    public static int Run(RunContext context) => Say(Examination.Of(context.Artifacts()), context.Log);

    /// <inheritdoc cref="Run"/>
    /// <param name="findings">What was found.</param>
    /// <param name="log">Where it is said.</param>
    internal static int Say(IReadOnlyList<Finding> findings, IRunLog log)
    {
        foreach (var line in TextTable.Lines(["", "", ""], "lll", findings.Select(finding => new[] { Word(finding.State), finding.Subject, finding.Found })).Skip(1))
            log.Say(line);
        foreach (var finding in findings.Where(finding => finding.Remedy is not null && finding.State != HealthState.Ill))
            log.Say($"{finding.Subject}: {finding.Remedy}");
        Finding[] ill = [.. findings.Where(finding => finding.State == HealthState.Ill)];
        log.Say(ill.Length > 0 ? "commands will fail here" : "commands work here; these lines belong into a report of an error");
        return ill.Length == 0 ? 0 : throw new ZfDeclException("ZF1013", string.Join("; ", ill.Select(finding => $"{finding.Subject}: {finding.Found}: {finding.Remedy}")));
    }

    private static string Word(HealthState state) => state switch { HealthState.Well => "ok", HealthState.Absent => "–", HealthState.Poor => "poor", _ => "WRONG" };
}
