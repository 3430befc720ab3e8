using ZfDecl.Analyses.Visualize;
using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Opening;

namespace ZfDecl.Cli.Commands;

/// <summary><c>-t:SnapshotTest</c>: makes the pictures of a run and compares them with the approved ones.</summary>
internal static class SnapshotTestCommand
{
    public static int Run(RunContext context)
    {
        var source = TrainedRun.Choose(context);
        var made = context.Settings.Value(SettingTable.Render) ? VisualizeCommand.Render(context, source) : null;
        if (made is null)
            context.Settings.Report(context.Log);
        var findings = source.Snapshots.Compare(made);
        foreach (var finding in findings.Where(finding => finding.Outcome != SnapshotOutcome.Same))
            context.Log.Error(CodeOf(finding.Outcome), $"{finding.Layer}: {finding.Detail}. If it is right: {context.Command("Approve")}", finding.File);
        context.Log.Say($"{findings.Count(finding => finding.Outcome == SnapshotOutcome.Same)} of {findings.Count} pictures are as approved in {source.Approved}");
        return findings.Any(finding => finding.Outcome != SnapshotOutcome.Same) ? 1 : 0;
    }

    private static string CodeOf(SnapshotOutcome outcome) => outcome switch
    {
        SnapshotOutcome.New => "ZF1502",
        SnapshotOutcome.Obsolete => "ZF1504",
        _ => "ZF1503",
    };
}
