using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ZfDecl.Endurance.Exploring;

/// <summary>Sends hostile requests to an explorer, many at a time.</summary>
/// <param name="address">Where it is.</param>
/// <param name="cookie">The cookie of a browser that was let in.</param>
public sealed class HostileTrials(Uri address, string cookie)
{
    private readonly HostileRequests requests = new($"{address.Host}:{address.Port}", cookie);
    private readonly ConcurrentDictionary<int, int> answers = new();
    private readonly ConcurrentQueue<string> problems = new();

    /// <summary>How many answers of each status there were; 0 for connections that were closed without one.</summary>
    public IReadOnlyDictionary<int, int> Answers => answers;

    /// <summary>What was wrong.</summary>
    public IReadOnlyCollection<string> Problems => problems;

    /// <summary>Sends requests.</summary>
    /// <param name="first">The first seed.</param>
    /// <param name="count">How many.</param>
    /// <param name="atOnce">How many at a time.</param>
    /// <param name="patience">How long an answer is waited for; of one that is cut off, how long the connection stays open.</param>
    public Task Send(int first, int count, int atOnce, TimeSpan patience) =>
        Parallel.ForEachAsync(Enumerable.Range(first, count), new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (seed, _) => await Send(seed, patience).ConfigureAwait(false));

    private async Task Send(int seed, TimeSpan patience)
    {
        var (bytes, isHalfOpen) = requests.Of(seed);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var end = new CancellationTokenSource(isHalfOpen ? patience / 10 : patience);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, address.Port, end.Token).ConfigureAwait(false);
            await socket.SendAsync(bytes, end.Token).ConfigureAwait(false);
            var (buffer, read) = (new byte[64], 0);
            while (read < 12 && await socket.ReceiveAsync(buffer.AsMemory(read), end.Token).ConfigureAwait(false) is > 0 and var more)
                read += more;
            var status = read >= 12 && int.TryParse(Encoding.ASCII.GetString(buffer, 9, 3), out var number) ? number : 0;
            answers.AddOrUpdate(status, 1, (_, before) => before + 1);
            if (status == 500)
                problems.Enqueue($"seed {seed}: 500: {Encoding.Latin1.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, 300)))}");
        }
        catch (SocketException)
        {
            answers.AddOrUpdate(0, 1, (_, before) => before + 1);           // it has closed the connection
        }
        catch (OperationCanceledException) when (isHalfOpen)
        {
            answers.AddOrUpdate(0, 1, (_, before) => before + 1);           // it waits for the rest, and we go
        }
        catch (OperationCanceledException)
        {
            problems.Enqueue($"seed {seed}: no answer within {patience.TotalSeconds:F0} s: {Encoding.Latin1.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, 300)))}");
        }
    }
}
