using System.Collections.Concurrent;
using System.Diagnostics;

namespace ZfDecl.Tests.Host;

/// <summary>A process that trains the network Fashion on the IDX files of a folder, into <c>artifacts/</c> there, or goes on with it.</summary>
internal sealed class TrainingProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ManualResetEventSlim spoken = new(), epochEnded = new();
    private readonly ConcurrentQueue<string> lines = new();
    private readonly Process process;

    public TrainingProcess(string root, int epochs, string run)
    {
        var host = typeof(Cli.Host).Assembly.Location;
        string[] arguments =
        [
            "exec", host, "train", $"--root={root}", "--spec=Fashion", $"--data={root}", $"--artifacts={Path.Combine(root, "artifacts")}", $"--run={run}",
            $"--epochs={epochs}", "--batch=64", "--threads=1",
        ];
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
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

    /// <summary>Whether it has said that it goes on with a run.</summary>
    public bool HasGoneOn => lines.Any(line => line.StartsWith("going on ", StringComparison.Ordinal));

    /// <summary>Waits until it has said something, or has left.</summary>
    public void WaitForALine() => Assert.True(spoken.Wait(Patience), string.Join('\n', lines));

    /// <summary>Waits until it has ended an epoch, or has left.</summary>
    public void WaitForAnEpoch() => Assert.True(epochEnded.Wait(Patience), string.Join('\n', lines));

    /// <summary>Waits until it has left.</summary>
    /// <returns>Its exit code.</returns>
    public int Wait()
    {
        Assert.True(process.WaitForExit(Patience), string.Join('\n', lines));
        process.WaitForExit();                                          // and until all it said has arrived
        return process.ExitCode;
    }

    /// <summary>Asks it to save and leave, as Ctrl+C does.</summary>
    public void Interrupt()
    {
        using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Ends it at once, with SIGKILL.</summary>
    public void Kill()
    {
        process.Kill();
        Wait();
    }

    public void Dispose()
    {
        if (!process.HasExited)
            Kill();
        process.Dispose();
        spoken.Dispose();
        epochEnded.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is not null)
            lines.Enqueue(line);
        spoken.Set();
        if (line is null || line.Contains(": loss ", StringComparison.Ordinal))
            epochEnded.Set();
    }
}
