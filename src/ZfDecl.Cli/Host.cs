using System.CommandLine;
using System.Runtime.InteropServices;
using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Terminal;
using ZfDecl.Distributed;
using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Cli;

/// <summary>The program that the MSBuild targets run: one verb on the declared networks.</summary>
/// <param name="catalog">The declared networks.</param>
/// <param name="output">Where results and progress go.</param>
/// <param name="errors">Where errors and warnings go, in MSBuild's canonical form.</param>
public sealed class Host(NetworkCatalog catalog, TextWriter output, TextWriter errors)
{
    /// <summary>What this program does for verbs that the host itself knows by their settings alone, by their names.</summary>
    internal IReadOnlyDictionary<string, Func<RunContext, int>> Programs { get; init; } = new Dictionary<string, Func<RunContext, int>>();

    /// <inheritdoc cref="Host(NetworkCatalog, TextWriter, TextWriter)"/>
    /// <param name="networks">The declared networks.</param>
    /// <param name="output">Where results and progress go.</param>
    /// <param name="errors">Where errors and warnings go, in MSBuild's canonical form.</param>
    public Host(IReadOnlyList<NetworkEntry> networks, TextWriter output, TextWriter errors) : this(new NetworkCatalog(networks), output, errors)
    {
    }

    /// <summary>Runs what a command line asks for.</summary>
    /// <returns>0; 1 after an error that the user can mend; 2 after an internal one; <see cref="ExitCode.Interrupted"/> when asked to stop.</returns>
    public int Run(string[] args)
    {
        var root = CommandLine.Root(RunVerb);
        // A value may start with @: no response files.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                errors.WriteLine(CanonicalLine.Error("ZF1001", error.Message));
            return 1;
        }
        return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = output, Error = errors });
    }

    private int RunVerb(Verb verb, ParseResult parsed)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stop));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stop));
        var settings = new Settings(CommandLine.Given(parsed), verb.Settings);
        using var log = new ConsoleLog(output, errors, LaunchedGroup.IsAskedFor(settings) ? false : null, spell: Spelling.Of);        // a launcher may give rank 0 a terminal, and passes it on line by line
        var number = verb.Settings.Contains(SettingTable.Launch) ? LaunchedGroup.NumberOf(settings) : 0;
        log.IsMute = number > 0;
        if (!parsed.GetValue(CommandLine.UntilInputEnds) || LaunchedGroup.IsAskedFor(settings))
            BrokenSpecs.Say(catalog, parsed.GetRequiredValue(CommandLine.RootFolder), log);         // a study that has started it has said what is broken
        if (parsed.GetValue(CommandLine.UntilInputEnds) && number == 0)
            StopWithInput(stop);                                                                    // only rank 0 has somebody's input
        using var warnings = new RankWarnings(log);
        IProcessGroup group = AloneGroup.Instance;
        try
        {
            settings.Check();
            if (verb.Settings.Contains(SettingTable.Launch))
                group = LaunchedGroup.Join(settings, log);
            using var context = new RunContext(catalog, settings, log, parsed.GetRequiredValue(CommandLine.RootFolder), stop.Token) { Group = group };
            var run = verb.Run ?? Programs.GetValueOrDefault(verb.Name)
                ?? throw new ZfDeclException("ZF1801", $"'{verb.Name}' is a program of its own, which this one is not; start it with: dotnet msbuild -t:{Settings.Property(verb.Name)[3..]}");
            var code = run(context);
            if (code == 0 && settings.Unused.Count > 0)
                log.Say($"this command has no such setting, so it changed nothing: {string.Join(", ", settings.Unused)}");
            warnings.Share(group);
            group.Dispose();
            return code;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested || group.Size > 1)
        {
            if (!stop.IsCancellationRequested)
                log.Say("another rank was stopped, so all have stopped");
            group.Tell(new(GroupFailure.Ended, "stopped"));
            return ExitCode.Interrupted;
        }
        catch (ZfDeclException error)
        {
            if (error.Code == GroupFailure.Ended)
                log.Say(error.Message);
            log.IsMute &= error.Code != GroupFailure.SilentFirst;       // then nobody speaks for this one
            foreach (var one in settings.Faults.Prepend(error).Where(one => one.Code != GroupFailure.Ended))
                log.Error(one.Code, one.Message, one.File);
            group.Tell(error);
            if (error.Code == GroupFailure.SilentFirst)
                LauncherDaemon.End();
            return 1;
        }
        catch (Exception cause) when (MemoryShortage.Is(cause))
        {
            var error = MemoryShortage.Error(cause);
            log.Error(error.Code, error.Message);
            group.Tell(error);
            return 1;
        }
#pragma warning disable CA1031 // The last resort of a program: everything else is a bug of ours, and says so.
        catch (Exception error)
#pragma warning restore CA1031
        {
            log.Say(error.ToString());
            log.Error("ZF1000", $"internal error: {error.GetType().Name}: {error.Message}; its stack trace stands above");
            group.Tell(new("ZF1000", error.ToString()));
            return 2;
        }
    }

    // A background thread: it waits for as long as the process runs.
    private static void StopWithInput(CancellationTokenSource stop) => new Thread(() =>
    {
        using var input = Console.OpenStandardInput();
        while (input.ReadByte() >= 0)
        {
        }
        try
        {
            stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The verb has ended by itself.
        }
    })
    { IsBackground = true }.Start();

    // The first signal of either kind lets the run save and leave; a second Ctrl+C ends it as usual.
    private static void Stop(PosixSignalContext signal, CancellationTokenSource stop)
    {
        signal.Cancel = signal.Signal == PosixSignal.SIGTERM || !stop.IsCancellationRequested;
        stop.Cancel();
    }
}
