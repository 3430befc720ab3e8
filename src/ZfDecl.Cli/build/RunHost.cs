using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Runs one verb of the host. In a terminal the host writes to it directly, so its live bar works; elsewhere its lines become messages.
/// What it says on standard error in MSBuild's canonical form becomes errors and warnings of the build.
/// </summary>
public sealed class RunHost : Task, ICancelableTask
{
    private const int Interrupted = 130;
    private readonly object gate = new object();
    private Process host;
    private bool cancelled;

    /// <summary>What the host shall do.</summary>
    [Required]
    public string Verb { get; set; }

    /// <summary>
    /// The host's assembly. Its metadata: DotNet, the executable that runs it; Root, the folder of the repository; UserFolder, where the user stands, from where
    /// relative paths are meant; Settings, the names of the properties that steer a run; Variables, environment variables for the host, name=value, of which one
    /// that the user has set stays.
    /// </summary>
    [Required]
    public ITaskItem Host { get; set; }

    /// <summary>Runs it to its end.</summary>
    public override bool Execute()
    {
        var terminal = !Console.IsOutputRedirected;
        var start = new ProcessStartInfo(Host.GetMetadata("DotNet"), CommandLine())
        {
            UseShellExecute = false,
            WorkingDirectory = Host.GetMetadata("UserFolder"),
            RedirectStandardOutput = !terminal,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
        };
        if (!terminal)
            start.StandardOutputEncoding = Encoding.UTF8;
        foreach (var variable in List("Variables").Select(text => text.Split(new[] { '=' }, 2)))
        {
            if (!start.EnvironmentVariables.ContainsKey(variable[0]))
                start.EnvironmentVariables[variable[0]] = variable[1];
        }

        using (var process = new Process { StartInfo = start })
        {
            process.OutputDataReceived += (_, line) => Say(line.Data);
            process.ErrorDataReceived += (_, line) => Hear(line.Data);
            lock (gate)
            {
                if (cancelled)
                    return false;
                process.Start();
                host = process;
            }
            if (!terminal)
                process.BeginOutputReadLine();
            process.BeginErrorReadLine();

            // MSBuild asks for cancellation on Ctrl+C alone: after SIGTERM it would leave the host behind, and say by its exit code that all went well.
            EventHandler leave = (_, __) =>
            {
                Cancel();
                process.WaitForExit();
                Environment.ExitCode = Interrupted;
            };
            AppDomain.CurrentDomain.ProcessExit += leave;
            process.WaitForExit();
            AppDomain.CurrentDomain.ProcessExit -= leave;
            lock (gate)
                host = null;
            if (process.ExitCode != 0 && !Log.HasLoggedErrors)
            {
                if (cancelled || process.ExitCode == Interrupted)
                    LogError("ZF1008", Verb + " was stopped before its end");
                else
                    LogError("ZF1009", "the host ended with code " + process.ExitCode + " and no word of why" + Guess(process.ExitCode));
            }
            return process.ExitCode == 0 && !Log.HasLoggedErrors;
        }
    }

    /// <summary>
    /// Asks the host to save and leave, and lets <see cref="Execute"/> wait for it. Ctrl+C in a terminal has reached it already; asking twice does no harm.
    /// </summary>
    public void Cancel()
    {
        lock (gate)
        {
            cancelled = true;
            if (host == null || host.HasExited)
                return;
            if (Environment.OSVersion.Platform == PlatformID.Unix)
                Process.Start(new ProcessStartInfo("kill", "-TERM " + host.Id) { UseShellExecute = false }).Dispose();
        }
    }

    /// <summary>
    /// Only settings given on the command line count: MSBuild also takes every environment variable for a property, and a shell with DATA or SEED set must not
    /// steer a run.
    /// </summary>
    private string CommandLine()
    {
        var given = ((IBuildEngine6)BuildEngine).GetGlobalProperties();
        var arguments = new List<string> { "exec", Host.ItemSpec, Verb, "--root=" + Host.GetMetadata("Root") };
        foreach (var setting in List("Settings"))
        {
            var value = given.FirstOrDefault(pair => string.Equals(pair.Key, setting, StringComparison.OrdinalIgnoreCase)).Value;
            if (!string.IsNullOrEmpty(value))
                arguments.Add("--" + (setting == "Root" ? "list-root" : Kebab(setting)) + "=" + Unescape(value));         // --root is the repository's
        }
        return string.Join(" ", arguments.Select(Quote));
    }

    private string[] List(string metadata) => Host.GetMetadata(metadata).Split(new[] { ';' }, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>MSBuild's escapes: %3B is a semicolon, which cannot stand in a property on the command line.</summary>
    private static string Unescape(string value) => Regex.Replace(value, "%([0-9A-Fa-f]{2})", match => ((char)Convert.ToByte(match.Groups[1].Value, 16)).ToString());

    private static string Kebab(string name) => Regex.Replace(name, "(?<!^)[A-Z]", "-$0").ToLowerInvariant();

    /// <summary>As .NET takes a command line apart: backslashes count double before a quotation mark and nowhere else.</summary>
    private static string Quote(string argument) =>
        "\"" + Regex.Replace(argument, @"(\\*)(""|$)", match => match.Groups[1].Value + match.Groups[1].Value + (match.Groups[2].Length > 0 ? "\\\"" : "")) + "\"";

    private void Say(string line)
    {
        if (line != null)
            Log.LogMessage(MessageImportance.High, "{0}", line);
    }

    private void Hear(string line)
    {
        if (!string.IsNullOrWhiteSpace(line))
            Log.LogMessageFromText(Regex.IsMatch(line, "^(error|warning) ZF") ? "zfdecl : " + line : line, MessageImportance.High);
    }

    private void LogError(string code, string message) => Log.LogError(null, code, null, "zfdecl", 0, 0, 0, 0, "{0}", message);

    private static string Guess(int code) =>
        code == 137 ? ": it was killed, most likely for want of memory; lower -p:Batch" :
        code == 139 || code == 134 ? ": it crashed in native code" : "";
}
