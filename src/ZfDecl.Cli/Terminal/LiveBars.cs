using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;
using ZfDecl.Messages;

namespace ZfDecl.Cli.Terminal;

/// <summary>
/// The live bars of a terminal. Those that are open at the same time are drawn together by one Spectre.Console session, which begins with the first
/// and ends with the last, whose bar stays; one that closes earlier becomes a plain line above them.
/// </summary>
internal sealed class LiveBars(IAnsiConsole console)
{
    private readonly Lock gate = new();
    private Session? session;

    /// <summary>Whether one is open: nobody else may then write to the terminal, except through Spectre.Console.</summary>
    public bool AreOpen
    {
        get
        {
            lock (gate)
                return session is not null;
        }
    }

    /// <summary>Opens a bar.</summary>
    /// <param name="pace">What it shows.</param>
    /// <param name="closed">Called when the last bar has closed.</param>
    public IProgressBar Open(Pace pace, Action closed)
    {
        lock (gate)
        {
            session ??= new Session(console);
            return session.Add(pace, bar => Close(bar, closed));
        }
    }

    private void Close(Bar bar, Action closed)
    {
        lock (gate)
        {
            if (session is null || !session.Remove(bar))
                return;
            session = null;
        }
        closed();
    }

    private sealed class Session
    {
        private readonly TaskCompletionSource finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Task drawing;
        private readonly ProgressContext context;
        private readonly IAnsiConsole console;
        private readonly HashSet<Bar> open = [];

        public Session(IAnsiConsole console)
        {
            this.console = console;
            var begun = new TaskCompletionSource<ProgressContext>(TaskCreationOptions.RunContinuationsAsynchronously);
            drawing = Task.Run(() => console.Progress()
                .Columns(new LineColumn(console))
                .StartAsync(async progress =>
                {
                    begun.SetResult(progress);
                    await finished.Task.ConfigureAwait(false);
                }));
            context = begun.Task.GetAwaiter().GetResult();
        }

        public Bar Add(Pace pace, Action<Bar> close)
        {
            var task = context.AddTask(Markup.Escape(pace.Title), maxValue: Math.Max(pace.Total, 1));
            var bar = new Bar(task, pace, close);
            open.Add(bar);
            return bar;
        }

        /// <summary>Takes a bar out; true where it was the last one, and then the drawing has ended.</summary>
        public bool Remove(Bar bar)
        {
            if (!open.Remove(bar))
                return false;
            if (open.Count > 0)
            {
                context.RemoveTask(bar.Task);
                console.WriteLine(bar.Pace.Line());
                return false;
            }
            finished.SetResult();
            drawing.GetAwaiter().GetResult();
            return true;
        }
    }

    private sealed class Bar(ProgressTask task, Pace pace, Action<Bar> close) : IProgressBar
    {
        private readonly Lock gate = new();

        public ProgressTask Task => task;

        public Pace Pace => pace;

        public void Advance(long units, string? note = null)
        {
            lock (gate)
            {
                pace.Advance(units, note);
                Show();
            }
        }

        public void Dispose()
        {
            lock (gate)
            {
                Show();
                task.StopTask();
            }
            close(this);
        }

        private void Show()
        {
            task.Value = pace.Share * task.MaxValue;
            var status = pace.StatusParts();
            task.State.Update<Status>(LineColumn.Key, _ => new Status(status));
        }
    }

    /// <summary>A bar with all that belongs to it in one line: columns of their own would break words in a narrow terminal.</summary>
    private sealed class LineColumn(IAnsiConsole console) : ProgressColumn
    {
        public const string Key = "status";

        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
        {
            var share = task.MaxValue > 0 ? Math.Clamp(task.Value / task.MaxValue, 0, 1) : 1;
            var (title, bar, status) = NarrowText.Bar(task.Description.RemoveMarkup(), task.State.Get<Status>(Key).Parts ?? [], options.ConsoleSize.Width - 1);
            var sign = console.Profile.Capabilities.Unicode ? '━' : '-';
            var done = (int)Math.Round(share * bar);
            var drawn = bar == 0 ? "" : $" [{(share < 1 ? "yellow" : "green")}]{new string(sign, done)}[/][grey]{new string(sign, bar - done)}[/]";
            return new Markup(string.Create(CultureInfo.InvariantCulture, $"{Markup.Escape(title)}{drawn} {Math.Floor(100 * share),3:0}% [grey]{Markup.Escape(status)}[/]"));
        }
    }

    private readonly record struct Status(IReadOnlyList<string>? Parts);
}
