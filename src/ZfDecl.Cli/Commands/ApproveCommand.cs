using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Opening;

namespace ZfDecl.Cli.Commands;

/// <summary><c>-t:Approve</c>: the pictures of a run, as they are there, become the approved ones.</summary>
internal static class ApproveCommand
{
    public static int Run(RunContext context)
    {
        var source = TrainedRun.Choose(context);
        context.Settings.Report(context.Log);
        source.Snapshots.Compare();
        var approved = source.Snapshots.Approve();
        foreach (var finding in approved)
            context.Log.Say($"{finding.Layer}: {finding.Detail}: {finding.File}");
        context.Log.Say(approved.Count == 0 ? "every picture is as approved already" : $"{approved.Count} pictures approved in {source.Approved}; commit that folder");
        return 0;
    }
}
