using ZfDecl.Cli.Configuration;
using ZfDecl.Messages;
using ZfDecl.Report;
using ZfDecl.Report.Contents;
using ZfDecl.Runs;

namespace ZfDecl.Cli.Commands;

/// <summary><c>-t:Report</c>: one page over all that a run has left on disk.</summary>
internal static class ReportCommand
{
    public static int Run(RunContext context)
    {
        var spec = SpecName(context);
        var artifacts = context.Artifacts();
        var run = Read(context, artifacts, spec, RunName(context, artifacts, spec));
        var other = context.Settings.Value(SettingTable.Against, "");
        var format = context.Settings.Value(SettingTable.Format);
        context.WarnOfOtherNetwork(spec, run.Record);
        context.Settings.Report(context.Log);

        var page = RunReport.Write(run, other.Length == 0 ? null : Against(context, artifacts, spec, other), Path.Combine(run.Folder, "report"), context.Log, command => context.Log.Spell(command) + context.InSameArtifacts);
        context.Log.Say($"{page}: {Size(Path.GetDirectoryName(page)!)}");
        if (format != "html")
            Pack(context, page, Path.Combine(run.Folder, $"report.{format}"), format);
        return 0;
    }

    private static void Pack(RunContext context, string page, string path, string format)
    {
        if (format == "zip")
            PackedReport.Write(page, path);
        else
            PrintedReport.Write(page, path, PrintedReport.FindChromium());
        context.Log.Say(FormattableString.Invariant($"{path}: {new FileInfo(path).Length / 1e6:0.0} MB"));
    }

    /// <summary>The network's name. It need not be declared any more: the run's files are enough.</summary>
    private static string SpecName(RunContext context)
    {
        try
        {
            return context.Network(lookedAt: context.RunName()).Info.Name;
        }
        catch (ZfDeclException) when (context.Settings.Value(SettingTable.Spec, "") is { Length: > 0 } name && Directory.Exists(RunDirectory.PathOf(context.Artifacts(), name, context.RunName())))
        {
            return name;
        }
    }

    /// <summary>The run that the user names; else the default one; else, where that does not exist, the weights that come with the repository.</summary>
    private static string RunName(RunContext context, string artifacts, string spec) => context.Settings.Value(
        SettingTable.Run, Directory.Exists(RunDirectory.PathOf(artifacts, spec, CommonSettings.DefaultRun)) || !Directory.Exists(context.ShippedWeights(spec)) ? CommonSettings.DefaultRun : RunNames.Shipped);

    private static ReportRun Against(RunContext context, string artifacts, string spec, string other) => other.Split('/') switch
    {
        [var name] => Read(context, artifacts, spec, name),
        [var otherSpec, var name] => Read(context, artifacts, otherSpec, name),
        _ => throw new ZfDeclException("ZF1003", $"-p:Against={other}: give the name of a run, or <Spec>/<Run>"),
    };

    private static ReportRun Read(RunContext context, string artifacts, string spec, string name)
    {
        var folder = RunDirectory.PathOf(artifacts, spec, name);
        var shipped = name == RunNames.Shipped && Directory.Exists(context.ShippedWeights(spec)) ? context.ShippedWeights(spec) : null;
        if (!Directory.Exists(folder) && shipped is null)
            throw new ZfDeclException("ZF1207", $"there is no run '{folder}'{RunDirectory.Elsewhere(folder)}. It is made by: dotnet msbuild -t:{(name == RunNames.Untrained ? "Visualize" : "Train")} -p:Spec={spec} -p:Run={name}{context.InSameArtifacts}", folder);
        context.Look(folder);
        RunDirectory.SayWhatIsUnsealed(shipped ?? folder, context.Log);
        var run = ReportRun.Read(spec, name, folder, shipped, context.Log);
        // The runs of earlier versions, and the weights that come with the repository, have no record of the architecture.
        var declared = context.Networks.All.FirstOrDefault(entry => entry.Info.SpecHash == run.Record?.SpecHash);
        return run.Network is not null || declared is null ? run : run with { Network = NetworkRecord.Of(declared.Info, run.Record!.Classes.Count) };
    }

    private static string Size(string folder)
    {
        var files = new DirectoryInfo(folder).GetFiles("*", SearchOption.AllDirectories);
        return FormattableString.Invariant($"{files.Sum(file => file.Length) / 1e6:0.0} MB in {files.Length} files");
    }
}
