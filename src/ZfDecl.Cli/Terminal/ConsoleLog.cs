using Spectre.Console;
using ZfDecl.Messages;

namespace ZfDecl.Cli.Terminal;

/// <summary>
/// The log of the host: live bars in a terminal, plain lines elsewhere; errors and warnings in MSBuild's canonical form, parameters and commands as they are typed (<see cref="Spell"/>).
/// </summary>
public sealed class ConsoleLog : IRunLog, IDisposable
{
    /// <summary>As the task that starts the host hears it, and swallows it.</summary>
    private const string RankSign = "zfdecl : rank 0 has begun";

    private const int UsualWidth = 100;

    private readonly Lock gate = new();
    private readonly TextWriter output;
    private readonly TextWriter errors;
    private readonly TimeProvider clock;
    private readonly IAnsiConsole? console;
    private readonly LiveBars? bars;
    private readonly List<string> waiting = [];

    /// <param name="output">Where lines and bars go.</param>
    /// <param name="errors">Where errors and warnings go.</param>
    /// <param name="terminal">Whether the output is a terminal; found out where omitted.</param>
    /// <param name="clock">The clock; the system's where omitted.</param>
    /// <param name="spell">How parameters and commands in messages are typed here; as they stand where omitted.</param>
    public ConsoleLog(TextWriter output, TextWriter errors, bool? terminal = null, TimeProvider? clock = null, Func<string, string>? spell = null)
    {
        Spell = spell ?? (message => message);
        this.output = output;
        this.errors = errors;
        this.clock = clock ?? TimeProvider.System;
        if (terminal ?? (ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected))
        {
            console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Interactive = InteractionSupport.Yes });
            bars = new LiveBars(console);
        }
    }

    /// <summary>Makes of the library's message what the user of this host types: <c>`resume=no`</c> is <c>-p:Resume=no</c>.</summary>
    public Func<string, string> Spell { get; }

    /// <summary>The letters that a line has room for: of the terminal, and where there is none as many as are easily read.</summary>
    internal int Width => console?.Profile.Width ?? UsualWidth;

    /// <summary>Hears each warning, with its code and the file that it is about, on the thread that warns.</summary>
    public event Action<string, string, string?>? Warned;

    /// <summary>Whether it says nothing, because another process speaks for this one; warnings are heard by <see cref="Warned"/> all the same.</summary>
    public bool IsMute { get; set; }

    /// <summary>Lets whoever started a launcher know that rank 0 is there: a launcher may end well without having started anything.</summary>
    public void Begin() => WriteLine(errors, RankSign);

    /// <inheritdoc/>
    public void Say(string line)
    {
        if (IsMute)
            return;
        line = Plain(Spell(line));
        // Spectre.Console breaks lines at the terminal's width, which nobody can copy: it is asked only while it draws.
        if (console is not null && bars is { AreOpen: true })
            console.WriteLine(line);
        else
            WriteLine(output, console is null ? line : NarrowText.Wrap(line, console.Profile.Width));
    }

    /// <inheritdoc/>
    public void Warn(string code, string message, string? file = null)
    {
        var spelled = Spell(message);
        Complain(CanonicalLine.Warning(code, spelled, file));
        Warned?.Invoke(code, spelled, file);
    }

    /// <summary>An error, which makes the build fail.</summary>
    public void Error(string code, string message, string? file = null) => Complain(CanonicalLine.Error(code, Spell(message), file));

    /// <inheritdoc/>
    public IProgressBar Start(string title, long total, string unit) => Start(title, total, unit, done: 0);

    /// <inheritdoc/>
    public IProgressBar Start(string title, long total, string unit, long done) => Start(new Pace(title, total, unit, clock, done), isRound: false);

    /// <inheritdoc/>
    public IProgressBar StartRound(string title, long total, string unit, long done) => Start(new Pace(title, total, unit, clock, done), isRound: true);

    private IProgressBar Start(Pace pace, bool isRound) => IsMute ? new SilentLog() : bars is null ? new PlainBar(pace, Say, clock, isRound) : bars.Open(pace, SayWhatWaits);

    /// <summary>Says what is left to say.</summary>
    public void Dispose() => SayWhatWaits();

    // Another process writes them to the terminal: while a bar is drawn there, they wait.
    private void Complain(string line)
    {
        if (IsMute)
            return;
        if (bars is { AreOpen: true })
        {
            lock (gate)
                waiting.Add(line);
        }
        else
        {
            WriteLine(errors, line);
        }
    }

    private void SayWhatWaits()
    {
        lock (gate)
        {
            foreach (var line in waiting)
                WriteLine(errors, line);
            waiting.Clear();
        }
    }

    /// <summary>A line without what a terminal would obey: names of files may hold it.</summary>
    private static string Plain(string line) => line.Any(IsCommand) ? string.Concat(line.Select(c => IsCommand(c) ? '\uFFFD' : c)) : line;

    private static bool IsCommand(char c) => char.IsControl(c) && c is not ('\n' or '\r' or '\t');

    private void WriteLine(TextWriter writer, string line)
    {
        lock (gate)
        {
            writer.WriteLine(line);
            writer.Flush();
        }
    }
}
