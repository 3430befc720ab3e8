using ZfDecl.Reporting;

namespace ZfDecl.Cli.Commands;

/// <summary><c>-t:SnapshotTest</c>: makes the pictures of a run and compares them with the approved ones.</summary>
internal static class SnapshotTestCommand
{
    public static int Run(RunContext context)
    {
        var source = TrainedRun.Choose(context);
        if (context.Settings.Choice("render", "yes", ["yes", "no"]) == "yes")
            VisualizeCommand.Render(context, source);
        else
            context.Settings.Report(context.Log);
        var findings = new PictureSnapshots(source.Pictures, source.Approved).Compare();
        foreach (var finding in findings.Where(finding => finding.Outcome != SnapshotOutcome.Same))
            context.Log.Error(CodeOf(finding.Outcome), $"{finding.Layer}: {finding.Detail}. If it is right: dotnet msbuild -t:Approve{ApproveArguments(context)}", finding.File);
        context.Log.Say($"{findings.Count(finding => finding.Outcome == SnapshotOutcome.Same)} of {findings.Count} pictures are as approved in {source.Approved}");
        return findings.Any(finding => finding.Outcome != SnapshotOutcome.Same) ? 1 : 0;
    }

    private static string CodeOf(SnapshotOutcome outcome) => outcome switch
    {
        SnapshotOutcome.New => "ZF1502",
        SnapshotOutcome.Obsolete => "ZF1504",
        _ => "ZF1503",
    };

    private static string ApproveArguments(RunContext context) => string.Concat(
        context.Settings.Used.Where(setting => setting.Origin == SettingOrigin.Property && setting.Name is "spec" or "run" or "artifacts" && context.Settings.IsGiven(setting.Name))
            .Select(setting => $" {Settings.Property(setting.Name)}={setting.Value}"));
}
