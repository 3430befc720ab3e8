using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using ZfDecl.Cli.Configuration;
using ZfDecl.Messages;

namespace ZfDecl.Cli.Studies;

/// <summary>
/// The training of a job as a process of its own: Train of this very host. Of what it says the epochs are shown, behind the job's name. It stops when its
/// standard input ends, which also happens when this process is killed.
/// </summary>
/// <param name="context">The study's.</param>
/// <param name="job">The job.</param>
/// <param name="name">What stands before its lines.</param>
internal sealed partial class JobProcess(RunContext context, StudyJob job, string name)
{
    private const int LastLines = 12, MostAttempts = 40;
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(250);

    private static readonly string DotNet = Environment.ProcessPath is { } own && Path.GetFileNameWithoutExtension(own) == "dotnet" ? own : "dotnet";

    private readonly Lock gate = new();
    private readonly Queue<string> unseen = new();
    private ZfDeclException? error;

    /// <summary>Runs it to its end.</summary>
    /// <param name="stop">Asks it to save and leave.</param>
    /// <returns>How it has ended; null where it was stopped.</returns>
    public EndedJob? Run(CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            error = null;
            var code = Execute(stop);
            if (code == 0)
                return new(job, null);
            if (stop.IsCancellationRequested)
                return null;
            // The process of a study that was killed a moment ago may still be saving.
            if (error?.Code != "ZF1205" || attempt == MostAttempts)
                return new(job, error ?? Crash(code));
            stop.WaitHandle.WaitOne(BetweenAttempts);
        }
    }

    private string[] Networks => context.Networks.Assembly is { } assembly ? [$"{OptionNames.Networks}={assembly}"] : [];

    private int Execute(CancellationToken stop)
    {
        var start = new ProcessStartInfo(
            DotNet,
            ["exec", typeof(JobProcess).Assembly.Location, "train", $"--root={context.Root}", .. Networks, OptionNames.UntilInputEnds, .. job.Settings.Select(setting => $"{OptionNames.Of(setting.Key)}={setting.Value}")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => HearComplaint(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using (stop.Register(process.StandardInput.Close))
            process.WaitForExit();
        return process.ExitCode;
    }

    private void Hear(string? line)
    {
        if (line is null)
            return;
        if (Progress().IsMatch(line))
        {
            context.Log.Say($"{name} | {line}");
            return;
        }
        lock (gate)
        {
            unseen.Enqueue(line);
            if (unseen.Count > LastLines)
                unseen.Dequeue();
        }
    }

    private void HearComplaint(string? line)
    {
        if (line is null)
            return;
        var complaint = Complaint().Match(line);
        if (!complaint.Success)
            Hear(line);
        else if (complaint.Groups["kind"].Value == "error")
            error = new(complaint.Groups["code"].Value, complaint.Groups["text"].Value, File(complaint));
        else
            context.Log.Warn(complaint.Groups["code"].Value, $"{name.TrimEnd()}: {complaint.Groups["text"].Value}", File(complaint));
    }

    private ZfDeclException Crash(int code)
    {
        foreach (var line in unseen)
            context.Log.Say($"{name} | {line}");
        return new("ZF1475", $"its process ended with code {code} and no word of why{code switch
        {
            137 => ": it was killed, most likely for want of memory; lower -p:Jobs or -p:Batch",
            134 or 139 => ": it crashed in native code; its last lines stand above",
            ExitCode.Interrupted => ": somebody stopped it",
            _ => "; its last lines stand above",
        }}");
    }

    private static string? File(Match complaint) => complaint.Groups["file"] is { Success: true, Value: var file } ? file : null;

    [GeneratedRegex(@"^(epoch \d+/\d+: loss |going on |the training ends |the earlier run )")]
    private static partial Regex Progress();

    [GeneratedRegex(@"^((?<file>.+?): )?(?<kind>error|warning) (?<code>ZF\d{4}): (?<text>.*)$")]
    private static partial Regex Complaint();
}
