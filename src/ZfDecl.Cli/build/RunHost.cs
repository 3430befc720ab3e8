using System;
using System.Collections;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Runs one verb of the host: checks the settings that the user has given, has the host built if need be, and starts it. In a terminal the host writes to it directly, so its live
/// bar works; elsewhere its lines become messages. What it says on standard error in MSBuild's canonical form becomes errors and warnings of the build.
/// </summary>
public sealed class RunHost : Task, ICancelableTask
{
    private const int Interrupted = 130, MostLettersAmiss = 2;
    private const string RankSign = "zfdecl : rank 0 has begun";
    private static readonly TimeSpan AfterError = TimeSpan.FromSeconds(10);
    private static readonly char[] Between = { ',', ';', '+', ' ' };
    private readonly bool isLiveDisplayed = Environment.GetEnvironmentVariable("_MSBUILDTLENABLED") == "1";
    private readonly object gate = new object();
    private readonly SortedSet<string> pages = new SortedSet<string>(StringComparer.Ordinal);
    private Process host;
    private bool cancelled;
    private Launch launch;
    private DateTime erred = DateTime.MaxValue;
    private bool begun;

    /// <summary>What the host shall do; or <c>help</c>, to name all verbs, and <c>know</c>, to refuse a target that there is not, for which no host is needed.</summary>
    [Required]
    public string Verb { get; set; }

    /// <summary>The target that <c>know</c> is about.</summary>
    public string Asked { get; set; }

    /// <summary>
    /// The project whose target _ZfEnsureHost builds what is needed and returns the host, with Networks and Root as metadata where the networks are another project's. Its own metadata: DotNet, the executable that runs it; Root, the folder of the repository, or of a user's project;
    /// UserFolder, where the user stands, from where relative paths are meant; Networks, the assembly of a user's networks, if there is one; Program, the host where it is another than the one that is returned; Settings, the file of the settings' table; Verbs, that of the
    /// verbs; Docs and SpecPages, the folders of the documentation and of the pages on specs' errors; ProjectFolders, folders below Root whose folders are projects; Variables, environment variables
    /// for the host, name=value, of which one that the user has set stays.
    /// </summary>
    [Required]
    public ITaskItem Host { get; set; }

    /// <summary>Runs it to its end; after errors, names the page of each code once.</summary>
    public override bool Execute()
    {
        var succeeded = Verb == "help" ? SayVerbs() : Verb == "know" ? KnowTarget() : CheckAndRun();
        if (pages.Count > 0)
            Say("What to do is in " + string.Join(", ", pages));
        return succeeded;
    }

    private bool SayVerbs()
    {
        var verbs = Table("Verbs");
        var width = verbs.Max(verb => verb[0].Length);
        Say("dotnet msbuild -t:<verb> -p:<setting>=<value> …");
        foreach (var verb in verbs)
            Say("  -t:" + verb[0].PadRight(width) + "  " + verb[1]);
        Say("The settings of each are in " + Host.GetMetadata("Docs") + "settings.md. Several values have + between, as a comma ends a property: -p:Layers=conv1+conv2.");
        return true;
    }

    private bool KnowTarget()
    {
        var verbs = Table("Verbs").Select(verb => verb[0]).ToList();
        if (verbs.Contains(Asked, StringComparer.OrdinalIgnoreCase) || IsInAProject("<Target\\s[^>]*Name\\s*=\\s*\"" + Regex.Escape(Asked) + "\""))
            return true;
        var nearest = verbs.Select(verb => new { Name = verb, Letters = Distance(Asked.ToLowerInvariant(), verb.ToLowerInvariant()) }).OrderBy(near => near.Letters).First();
        var meant = nearest.Letters <= MostLettersAmiss && 2 * nearest.Letters < nearest.Name.Length ? "did you mean -t:" + nearest.Name + "? " : "";
        LogError("ZF1012", "-t:" + Asked + ": there is no such target; " + meant + "there are " + string.Join(", ", verbs) + "; -t:Help says what each does");
        return false;
    }

    private List<string[]> Table(string name) => File.ReadLines(Host.GetMetadata(name)).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('\t')).ToList();

    private bool CheckAndRun()
    {
        var table = Table("Settings");
        var given = Given(table);
        if (Log.HasLoggedErrors)
            return false;
        // A run's settings are kept out of the build: each value of each would otherwise be a build of its own.
        var built = BuildEngine3.BuildProjectFilesInParallel(
            new[] { Host.ItemSpec }, new[] { "_ZfEnsureHost" }, new IDictionary[] { new Hashtable { { "_ZfStep", "ensure" } } }, new IList<string>[] { table.Select(line => line[0]).Distinct().ToList() },
            new string[] { null }, returnTargetOutputs: true);
        if (!built.Result)
            return false;
        var ensured = built.TargetOutputsPerProject[0]["_ZfEnsureHost"].Single();
        if (ensured.GetMetadata("Networks").Length > 0)
        {
            Host.SetMetadata("Networks", ensured.GetMetadata("Networks"));
            Host.SetMetadata("Root", ensured.GetMetadata("Root"));
            Say("this project has no specs of its own; the networks are those of " + ensured.GetMetadata("Root"));
        }
        var program = Host.GetMetadata("Program");
        return Run(program.Length > 0 ? program : ensured.ItemSpec, given);
    }

    private bool Run(string assembly, IEnumerable<string> settings)
    {
        // MSBuild's own live display, where it is on, draws over what others write to the terminal.
        var terminal = !Console.IsOutputRedirected && !isLiveDisplayed;
        var networks = Host.GetMetadata("Networks").Length > 0 ? new[] { "--networks=" + Host.GetMetadata("Networks") } : new string[0];
        var arguments = new[] { "exec", assembly, Verb, "--root=" + Host.GetMetadata("Root") }.Concat(networks).Concat(settings);
        var (program, words) = launch == null ? (Host.GetMetadata("DotNet"), arguments) : launch.Command(Host.GetMetadata("DotNet"), arguments, Variables());
        var start = new ProcessStartInfo(program, string.Join(" ", words.Select(Quote)))
        {
            UseShellExecute = false,
            WorkingDirectory = Host.GetMetadata("UserFolder"),
            // A launcher hands the end of the input on to rank 0, which then saves and leaves; a signal would end the ranks at once.
            RedirectStandardInput = launch != null,
            RedirectStandardOutput = !terminal,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
        };
        if (!terminal)
            start.StandardOutputEncoding = Encoding.UTF8;
        foreach (var variable in Variables())
            start.EnvironmentVariables[variable[0]] = variable[1];
        foreach (var variable in launch == null ? new string[0][] : Launch.Tuning(arguments))
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
            WaitFor(process);
            AppDomain.CurrentDomain.ProcessExit -= leave;
            lock (gate)
                host = null;
            if ((process.ExitCode != 0 || (launch != null && !begun)) && !Log.HasLoggedErrors)
            {
                if (cancelled || process.ExitCode == Interrupted)
                    LogError("ZF1008", Verb + " was stopped before its end");
                else if (launch != null)
                    LogError("ZF1009", "the launcher '" + launch.Text + "' ended with code " + process.ExitCode + (begun ? "" : " and has started no rank") + "; what it says stands above. "
                        + "-p:Launch is a launcher with its options, such as \"mpirun -n 2\"; Open MPI wants --allow-run-as-root of root, and --oversubscribe for more ranks than cores");
                else
                    LogError("ZF1009", "the host ended with code " + process.ExitCode + " and no word of why" + Guess(process.ExitCode));
            }
            return process.ExitCode == 0 && !Log.HasLoggedErrors;
        }
    }

    /// <summary>The environment variables that the host is to have, but for those that the user has set.</summary>
    private IEnumerable<string[]> Variables() => Host.GetMetadata("Variables").Split(new[] { ';' }, StringSplitOptions.RemoveEmptyEntries)
        .Select(text => text.Split(new[] { '=' }, 2)).Select(pair => new[] { pair[0], Environment.GetEnvironmentVariable(pair[0]) ?? pair[1] });

    /// <summary>Waits for the host. A launcher whose ranks have said an error and ended may itself wait for a host that is gone, and then hear no signal but the last.</summary>
    private void WaitFor(Process process)
    {
        while (launch != null && !process.WaitForExit(500))
        {
            if (Log.HasLoggedErrors && DateTime.UtcNow - erred > AfterError)
                Signal("KILL");
        }
        process.WaitForExit();
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
            if (launch != null)
                host.StandardInput.Close();
            else
                Signal("TERM");
        }
    }

    private void Signal(string name)
    {
        if (Environment.OSVersion.Platform == PlatformID.Unix)
            Process.Start(new ProcessStartInfo("kill", "-" + name + " " + host.Id) { UseShellExecute = false }).Dispose();
    }

    /// <summary>
    /// The host's arguments, after all that can be known to be wrong without it has become an error. Only settings given on the command line count: MSBuild also takes every
    /// environment variable for a property, and a shell with DATA or SEED set must not steer a run.
    /// </summary>
    /// <param name="table">A line each: the property, the host's option, the verbs that take it, the rule of its values, and the same in words; of a key that is the spec's alone, no option and no verbs, its section and its name.</param>
    private List<string> Given(List<string[]> table)
    {
        var arguments = new List<string>();
        string launched = null, hosts = null;
        foreach (var pair in ((IBuildEngine6)BuildEngine).GetGlobalProperties().OrderBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase))
        {
            var value = Unescape(pair.Value);
            var lines = table.Where(line => string.Equals(line[0], pair.Key, StringComparison.OrdinalIgnoreCase)).ToList();
            var own = lines.FirstOrDefault(line => line[2].Split(' ').Contains(Verb));
            var other = lines.Count == 0 || own != null ? null : table.FirstOrDefault(line => line[2].Split(' ').Contains(Verb) && IsOtherNumber(line[0], lines[0][0]));
            if (lines.Count == 0)
                CheckName(pair.Key, value, table.Select(line => line[0]).Distinct());
            else if (lines[0][1].Length == 0)
                LogError("ZF1007", "-p:" + lines[0][0] + "=" + value + ": " + lines[0][4] + " is the spec's and no run's, as it decides what the network sees of every image; write '" + lines[0][4] + ": " + value + "' into " + lines[0][3] + " of the spec, or of a variant");
            else if (value.Length > 0 && other != null)
                LogError("ZF1007", "-p:" + lines[0][0] + "=" + value + ": this command has no such setting; did you mean -p:" + other[0] + "?");
            else if (value.Length > 0 && own != null && !own[3].Split('|').Any(rule => Holds(rule.Trim(), value)))
                LogError("ZF1003", "-p:" + own[0] + "=" + value + ": allowed is " + own[4] + MeantPoint(own[3], value));
            else if (value.Length > 0)
                arguments.Add(lines[0][1] + "=" + (own != null && own[1] == "--launch" ? launched = Launch.Unquoted(value) : value));
            if (own != null && own[1] == "--hosts")
                hosts = value;
        }
        if (launched != null || hosts != null)
        {
            string flaw;
            launch = Launch.Of(launched ?? "mpirun", hosts, out flaw);
            if (flaw != null)
                LogError("ZF1003", flaw);
            else if (!launch.IsThere)
                LogError("ZF1566", "-p:Launch=" + launch.Text + ": there is no program '" + launch.Program + "' here; install MPI (apt install openmpi-bin, or mpich), load the cluster's module, or name the launcher with its folder");
            arguments.Add("--until-input-ends");
        }
        return arguments;
    }

    /// <summary>Whether one is the plural of the other: many commands take a layer or a run, and others several.</summary>
    private static bool IsOtherNumber(string one, string other) => one == other + "s" || other == one + "s";

    /// <summary>A property that is nearly a setting, and that no project reads, is a setting misspelt.</summary>
    private void CheckName(string name, string value, IEnumerable<string> settings)
    {
        var nearest = settings.Select(setting => new { Name = setting, Letters = Distance(name.ToLowerInvariant(), setting.ToLowerInvariant()) }).OrderBy(near => near.Letters).First();
        if (nearest.Letters <= MostLettersAmiss && 2 * nearest.Letters < Math.Max(name.Length, nearest.Name.Length) && !IsInAProject(@"\$\(\s*" + Regex.Escape(name) + @"\b"))
            LogError("ZF1007", "-p:" + name + "=" + value + ": there is no such setting; did you mean -p:" + nearest.Name + "? Otherwise leave it out: nothing reads it");
    }

    /// <summary>Whether a project of the repository, or a file of the SDK that projects import, holds a text: a property that it reads, a target that it has.</summary>
    private bool IsInAProject(string pattern)
    {
        var text = new Regex(pattern, RegexOptions.IgnoreCase);
        var root = Host.GetMetadata("Root");
        var folders = Host.GetMetadata("ProjectFolders").Split(new[] { ';' }, StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(root, folder)).Where(Directory.Exists).SelectMany(folder => Directory.GetDirectories(folder));
        return folders.Concat(new[] { root }).SelectMany(folder => Directory.GetFiles(folder)).Concat(Above(root)).Concat(OfPackages(root))
            .Concat(Directory.EnumerateFiles(Path.GetDirectoryName(typeof(Microsoft.Build.Utilities.ToolLocationHelper).Assembly.Location), "*", SearchOption.AllDirectories))
            .Where(file => Regex.IsMatch(file, @"(\.props|\.targets|proj)$")).Any(file => text.IsMatch(File.ReadAllText(file)));
    }

    /// <summary>What projects take from the folders above theirs.</summary>
    private static IEnumerable<string> Above(string root)
    {
        for (var folder = Directory.GetParent(root.TrimEnd('/', '\\')); folder != null; folder = folder.Parent)
            foreach (var file in Directory.GetFiles(folder.FullName, "Directory.*"))
                yield return file;
    }

    /// <summary>What a project takes from its packages, as its restore has noted it.</summary>
    private static IEnumerable<string> OfPackages(string root)
    {
        var notes = Path.Combine(root, "obj");
        return !Directory.Exists(notes) ? new string[0] : Directory.GetFiles(notes, "*.nuget.g.*")
            .SelectMany(file => Regex.Matches(File.ReadAllText(file), "Import Project=\"([^\"]+)\"").Cast<Match>())
            .Select(match => match.Groups[1].Value.Replace("$(NuGetPackageRoot)", Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages") + "/"))
            .Where(File.Exists);
    }

    /// <summary>Whether a value obeys a rule of the table: see ValueType.Rule.</summary>
    private static bool Holds(string rule, string value)
    {
        var words = rule.Split(' ');
        var rest = rule.Substring(words[0].Length).TrimStart();
        var parts = value.Split(Between, StringSplitOptions.RemoveEmptyEntries);
        double number;
        switch (words[0])
        {
            case "words": return words.Skip(1).Contains(value, StringComparer.OrdinalIgnoreCase);
            case "list": return parts.Length > 0 && parts.All(part => Holds(rest, part));
            case "pairs": return parts.Select(part => part.Split(':', '=')).All(pair => pair.Length == 2 && Holds(rest, pair[1]));
            case "whole":
            case "number":
                var styles = words[0] == "whole" ? NumberStyles.AllowLeadingSign : NumberStyles.Float;
                return double.TryParse(value, styles, CultureInfo.InvariantCulture, out number) && !double.IsNaN(number) && !double.IsInfinity(number)
                    && Enumerable.Range(0, words.Length / 2).All(i => IsWithin(number, words[2 * i + 1], double.Parse(words[2 * i + 2], CultureInfo.InvariantCulture)));
            default: return true;
        }
    }

    /// <summary>A decimal comma that has got past MSBuild, which takes a bare one for the end of a property.</summary>
    private static string MeantPoint(string rule, string value)
    {
        var point = value.Replace(',', '.');
        return point != value && rule.Split('|').Any(one => Holds(one.Trim(), point)) ? "; a decimal point is a point: give " + point : "";
    }

    private static bool IsWithin(double number, string sign, double bound) =>
        sign == ">" ? number > bound : sign == ">=" ? number >= bound : sign == "<" ? number < bound : number <= bound;

    /// <summary>Letters to insert, delete, replace or swap with their neighbour between two words.</summary>
    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                d[i, j] = i == 0 || j == 0 ? i + j : Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }
        return d[a.Length, b.Length];
    }

    /// <summary>MSBuild's escapes: %3B is a semicolon, which cannot stand in a property on the command line.</summary>
    private static string Unescape(string value) => Regex.Replace(value, "%([0-9A-Fa-f]{2})", match => ((char)Convert.ToByte(match.Groups[1].Value, 16)).ToString());

    /// <summary>As .NET takes a command line apart: backslashes count double before a quotation mark and nowhere else.</summary>
    private static string Quote(string argument) =>
        "\"" + Regex.Replace(argument, @"(\\*)(""|$)", match => match.Groups[1].Value + match.Groups[1].Value + (match.Groups[2].Length > 0 ? "\\\"" : "")) + "\"";

    private void Say(string line)
    {
        if (line == null)
            return;
        // The live display shows a message of this type at once, and hides others.
        if (isLiveDisplayed)
            BuildEngine.LogMessageEvent(new ExtendedBuildMessageEventArgs("TLTESTOUTPUT", line, null, null, MessageImportance.High));
        else
            Log.LogMessage(MessageImportance.High, "{0}", line);
    }

    private void Hear(string line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
        if (launch != null && line.Contains(RankSign))
        {
            begun = true;
            return;
        }
        var error = Regex.Match(line, @"\berror (ZF\d{4}): ");
        if (error.Success)
        {
            erred = DateTime.UtcNow;
            NamePage(error.Groups[1].Value);
        }
        // What a launcher says of the end of its ranks is no second error.
        if (launch != null && !Regex.IsMatch(line, @"\b(error|warning) ZF\d{4}: "))
            Say(line);
        else
            Log.LogMessageFromText(Regex.IsMatch(line, "^(error|warning) ZF") ? "zfdecl : " + line : line, MessageImportance.High);
    }

    private void LogError(string code, string message)
    {
        NamePage(code);
        Log.LogError(null, code, null, "zfdecl", 0, 0, 0, 0, "{0}", message);
    }

    // The codes of specs, which study files share, have theirs beside the compiler of specs.
    private void NamePage(string code) => pages.Add((code[2] == '0' ? Host.GetMetadata("SpecPages") : Host.GetMetadata("Docs") + "errors/") + code + ".md");

    private static string Guess(int code) =>
        code == 150 ? ": a part of .NET that it needs is missing, which is named above; it comes with the SDK, or as the package aspnetcore-runtime-10.0" :
        code == 137 ? ": it was killed, most likely for want of memory; lower -p:Batch" :
        code == 139 || code == 134 ? ": it crashed in native code" : "";
}

/// <summary>What starts the host on several machines: a launcher with its options, and the hosts.</summary>
internal sealed class Launch
{
    private readonly List<string> words;

    private Launch(string text, List<string> words)
    {
        Text = text;
        this.words = words;
    }

    /// <summary>As the user has given it.</summary>
    public string Text { get; private set; }

    /// <summary>Whether the launcher is a file, or lies in a folder of PATH.</summary>
    public bool IsThere { get { return PathOf(Program) != null; } }

    /// <summary>The launcher.</summary>
    public string Program { get { return words[0]; } }

    /// <summary>Reads what the user gives.</summary>
    /// <param name="text">A launcher and its options, as a shell takes them apart.</param>
    /// <param name="hosts">Hosts with their numbers of ranks, such as a:2+b:2; null for those that the launcher knows.</param>
    /// <param name="flaw">What is wrong; null where nothing is.</param>
    public static Launch Of(string text, string hosts, out string flaw)
    {
        var words = Regex.Matches(text, "(?:[^\\s\"']+|\"[^\"]*\"|'[^']*')+").Cast<Match>().Select(match => Regex.Replace(match.Value, "\"([^\"]*)\"|'([^']*)'", "$1$2")).ToList();
        flaw = words.Count == 0 ? "-p:Launch=" + text + ": it names no launcher; allowed is one with its options, such as \"mpirun -n 4\" or \"srun\"" : null;
        if (flaw != null)
            return null;
        if (hosts != null)
        {
            var parts = hosts.Split(new[] { '+', ',', ';', ' ' }, StringSplitOptions.RemoveEmptyEntries).Select(part => Regex.Match(part, @"^([A-Za-z0-9._-]+)(?::([1-9]\d{0,5}))?$")).ToList();
            flaw = parts.Count == 0 || parts.Any(part => !part.Success) ? "-p:Hosts=" + hosts + ": allowed are names of hosts with + between, each with the number of its ranks, such as a:2+b:2" : null;
            if (flaw != null)
                return null;
            var ranks = parts.Sum(part => part.Groups[2].Success ? int.Parse(part.Groups[2].Value, CultureInfo.InvariantCulture) : 1);
            words.AddRange(new[] { "-n", ranks.ToString(CultureInfo.InvariantCulture) });
            words.AddRange(Path.GetFileName(words[0]) == "srun" ? new[] { "--nodelist=" + string.Join(",", parts.Select(part => part.Groups[1].Value)) } : new[] { "--host", string.Join(",", parts.Select(part => part.Value)) });
        }
        return new Launch(text, words);
    }

    /// <summary>The text without quotation marks around the whole of it, which a property with commas needs.</summary>
    public static string Unquoted(string text)
    {
        var trimmed = text.Trim();
        return trimmed.Length > 1 && trimmed[0] == '"' && trimmed.IndexOf('"', 1) == trimmed.Length - 1 ? trimmed.Substring(1, trimmed.Length - 2) : trimmed;
    }

    /// <summary>
    /// The whole command line. The variables go with it, as not every launcher takes the environment to other machines; and a launcher may give rank 0 a terminal, which must not be drawn in. In a
    /// session of its own the launcher does not hear Ctrl+C, upon which it would kill the ranks before they have saved.
    /// </summary>
    public (string Program, IEnumerable<string> Words) Command(string dotnet, IEnumerable<string> arguments, IEnumerable<string[]> variables)
    {
        var all = (PathOf("setsid") == null ? new string[0] : new[] { "setsid" }).Concat(words).Concat(new[] { "env", "TERM=dumb" }).Concat(variables.Select(pair => pair[0] + "=" + pair[1])).Concat(new[] { dotnet }).Concat(arguments).ToList();
        return (all[0], all.Skip(1));
    }

    /// <summary>
    /// What Open MPI is told. Its processes on other hosts, which start the ranks there, notice within three times -p:Timeout that they are cut off, and end: later than the ranks, which say why, and
    /// sooner than after the eight minutes that it takes when nothing is said. And a rank that asks for messages does not give its turn away each time: it sleeps when there are none.
    /// </summary>
    public static IEnumerable<string[]> Tuning(IEnumerable<string> arguments)
    {
        var timeout = arguments.Where(argument => argument.StartsWith("--timeout=", StringComparison.Ordinal)).Select(argument => argument.Substring("--timeout=".Length)).DefaultIfEmpty("30").Last();
        return (from program in new[] { "OMPI", "PRTE" }
                from pair in new[] { new[] { "time", timeout }, new[] { "intvl", timeout }, new[] { "probes", "2" } }
                select new[] { program + "_MCA_oob_tcp_keepalive_" + pair[0], pair[1] }).Append(new[] { "OMPI_MCA_mpi_yield_when_idle", "0" });
    }

    private static string PathOf(string program)
    {
        return program.IndexOf('/') >= 0 ? (File.Exists(program) ? program : null)
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
    }
}
