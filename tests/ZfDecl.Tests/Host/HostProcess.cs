using System.Collections.Concurrent;
using System.Diagnostics;

namespace ZfDecl.Tests.Host;

/// <summary>The host as a process of its own.</summary>
internal sealed class HostProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly ConcurrentQueue<string> lines = new();
    private readonly Process process;

    public HostProcess(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ["exec", typeof(Cli.Host).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["OMP_WAIT_POLICY"] = "PASSIVE" },          // as the targets have it
        };
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>All that it has said.</summary>
    public string Said => string.Join('\n', lines);

    /// <summary>Waits until it has said something, or has left.</summary>
    public void WaitFor(string text) => WaitUntil(() => Said.Contains(text, StringComparison.Ordinal));

    /// <summary>Waits for something that it does, or until it has left.</summary>
    public void WaitUntil(Func<bool> condition)
    {
        var until = DateTime.UtcNow + Patience;
        while (!process.HasExited && !condition())
        {
            Assert.True(DateTime.UtcNow < until, Said);
            Thread.Sleep(10);
        }
    }

    /// <summary>Waits until it has left.</summary>
    /// <returns>Its exit code.</returns>
    public int Wait()
    {
        Assert.True(process.WaitForExit(Patience), Said);
        process.WaitForExit();                                          // and until all it said has arrived
        return process.ExitCode;
    }

    /// <summary>Asks it, and nobody else, to save and leave.</summary>
    public void Interrupt()
    {
        using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Ends it at once, with SIGKILL, and no process that it has started.</summary>
    public void Kill()
    {
        process.Kill(entireProcessTree: false);
        Wait();
    }

    /// <summary>Does so after some time, where it has not left before.</summary>
    public void KillAfter(TimeSpan time)
    {
        if (!process.WaitForExit(time))
            Kill();
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is not null)
            lines.Enqueue(line);
    }
}
