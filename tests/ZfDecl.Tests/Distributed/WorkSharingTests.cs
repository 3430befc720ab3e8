using System.Collections.Concurrent;
using System.Globalization;
using ZfDecl.Distributed;
using ZfDecl.Messages;

namespace ZfDecl.Tests.Distributed;

public class WorkSharingTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 5)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 40)]
    public void EachPieceIsDoneOnceAndKeptByRank0(int size, int count)
    {
        var kept = new ConcurrentQueue<(string, double)>();
        var began = new ConcurrentQueue<string>();
        RanksInThreads.Run(size, group =>
        {
            WorkSharing.Run<string, double>(
                group, group.Rank == 0 ? [.. Enumerable.Range(0, count).Select(i => $"piece {i}")] : ["of no matter"], (piece, _) => Square(piece), (piece, result) => kept.Enqueue((piece, result)), CancellationToken.None,
                (piece, _) => began.Enqueue(piece));
            return group.Gather([1]).Length;            // nothing is left under way that another message could be taken for
        });
        Assert.Equal([.. Enumerable.Range(0, count).Select(i => ($"piece {i}", i * i / 3.0))], kept.OrderBy(one => one.Item2));
        Assert.Equal([.. Enumerable.Range(0, count).Select(i => $"piece {i}")], began);
    }

    [Fact]
    public void AProcessAloneDoesThemInOrder()
    {
        var kept = new List<double>();
        WorkSharing.Run<string, double>(AloneGroup.Instance, ["piece 3", "piece 1"], (piece, _) => Square(piece), (_, result) => kept.Add(result), CancellationToken.None);
        Assert.Equal([3, 1 / 3.0], kept);
    }

    [Fact]
    public void WhileARankIsAtASlowPieceTheOthersDoTheRest()
    {
        var takers = new ConcurrentDictionary<int, int>();
        using var rest = new CountdownEvent(9);
        RanksInThreads.Run(3, group =>
        {
            WorkSharing.Run<int, int>(group, [.. Enumerable.Range(0, 10)], (piece, _) =>
            {
                if (piece == 0)
                    Assert.True(rest.Wait(TimeSpan.FromSeconds(30), CancellationToken.None));
                else
                    rest.Signal();
                return piece;
            }, (_, _) => { }, CancellationToken.None, (piece, rank) => takers[piece] = rank);
            return 0;
        });
        Assert.DoesNotContain(takers[0], Enumerable.Range(1, 9).Select(piece => takers[piece]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void WhereOneRankIsStoppedAllAre(int stopped)
    {
        var kept = new ConcurrentQueue<int>();
        using var under = new CountdownEvent(3);
        var ended = RanksInThreads.Run(3, group =>
        {
            using var stop = new CancellationTokenSource();
            try
            {
                WorkSharing.Run<int, int>(group, [.. Enumerable.Range(0, 100)], (piece, token) =>
                {
                    if (piece < 3)
                        return piece;
                    under.Signal();
                    Assert.True(under.Wait(TimeSpan.FromSeconds(30), CancellationToken.None));          // each rank has one in hand
                    if (group.Rank == stopped)
                        stop.Cancel();
                    Assert.True(token.WaitHandle.WaitOne(TimeSpan.FromSeconds(30)));
                    throw new OperationCanceledException(token);
                }, (piece, _) => kept.Enqueue(piece), stop.Token);
                return false;
            }
            catch (OperationCanceledException)
            {
                return true;
            }
        });
        Assert.All(ended, Assert.True);
        Assert.Equal([0, 1, 2], kept.Order());
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(1, false)]
    [InlineData(0, true)]
    public void AnErrorOfOneRankEndsWhatTheOthersAreAt(int failing, bool isOfWork)
    {
        var ended = RanksInThreads.Try<int>(3, (group, _) =>
        {
            try
            {
                WorkSharing.Run<int, int>(group, [.. Enumerable.Range(0, 100)], (piece, token) =>
                {
                    if (group.Rank == failing)
                        return isOfWork ? throw new ZfDeclException("ZF1103", "this image is damaged") : piece;
                    Assert.True(token.WaitHandle.WaitOne(TimeSpan.FromSeconds(30)));
                    throw new OperationCanceledException(token);
                }, (_, _) => throw new ZfDeclException("ZF1204", "the disk is full"), CancellationToken.None);
                return 0;
            }
            catch (ZfDeclException error)
            {
                group.Tell(error);
                throw;
            }
        });
        var codes = ended.Select(one => Assert.IsType<ZfDeclException>(one.Error!.SourceException).Code).ToArray();
        Assert.Equal(isOfWork ? "ZF1103" : "ZF1204", codes[0]);
        Assert.Equal(GroupFailure.Ended, codes[2]);
    }

    private static double Square(string piece) => int.Parse(piece[6..], CultureInfo.InvariantCulture) is var i ? i * i / 3.0 : 0;
}
