using System.Runtime.InteropServices;
using System.Text;
using ZfDecl.Distributed;
using ZfDecl.Messages;

namespace ZfDecl.Tests.Distributed;

public class MessageGroupTests
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData(2, 1)]
    [InlineData(2, 100_003)]
    [InlineData(3, 2)]
    [InlineData(3, 5_000_011)]      // several segments, none of a whole share each
    [InlineData(4, 4096)]
    public void ASumIsTheOneInTheOrderOfTheRanksOnEveryRank(int size, int count)
    {
        var terms = Enumerable.Range(0, size).Select(rank => Floats(count, rank)).ToArray();
        var expected = new float[count];                            // naive: one element after another
        for (var i = 0; i < count; i++)
        {
            expected[i] = terms[0][i];
            for (var rank = 1; rank < size; rank++)
                expected[i] += terms[rank][i];
        }
        var sums = RanksInThreads.Run(size, group =>
        {
            var values = Pinned(terms[group.Rank]);
            group.BeginSum(Marshal.UnsafeAddrOfPinnedArrayElement(values, 0), count).Wait();
            return values;
        });
        Assert.All(sums, sum => Assert.True(MemoryMarshal.AsBytes(expected.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(sum.AsSpan()))));
    }

    [Fact]
    public void SeveralSumsMayBeUnderWayAtOnce()
    {
        var sums = RanksInThreads.Run(3, group =>
        {
            float[] one = Pinned([1, 2, 3]), other = Pinned([group.Rank]);
            var first = group.BeginSum(Marshal.UnsafeAddrOfPinnedArrayElement(one, 0), 3);
            var second = group.BeginSum(Marshal.UnsafeAddrOfPinnedArrayElement(other, 0), 1);
            second.Wait();
            first.Wait();
            return (one, other);
        });
        Assert.All(sums, sum => Assert.Equal([3f, 6, 9, 3], [.. sum.one, .. sum.other]));
    }

    [Fact]
    public void PartsOfDifferentLengthsAreGatheredInTheOrderOfTheRanks()
    {
        long[] counts = [3, 0, 5];
        var all = RanksInThreads.Run(3, group =>
        {
            var values = Pinned(new float[8]);
            for (var i = 0; i < counts[group.Rank]; i++)
                values[counts.Take(group.Rank).Sum() + i] = 10 * group.Rank + i;
            group.BeginGather(Marshal.UnsafeAddrOfPinnedArrayElement(values, 0), counts).Wait();
            return values;
        });
        Assert.All(all, values => Assert.Equal([0, 1, 2, 20, 21, 22, 23, 24], values));
    }

    [Fact]
    public void DoublesAreSummedAndBytesHandedRound()
    {
        var all = RanksInThreads.Run(3, group =>
        {
            double[] sums = [group.Rank + 0.5, 1];
            group.Sum(sums);
            var from = Encoding.UTF8.GetString(group.Broadcast(Encoding.UTF8.GetBytes($"rank {group.Rank} speaks")));
            var words = group.Gather(Encoding.UTF8.GetBytes(new string('x', group.Rank))).Select(Encoding.UTF8.GetString).ToArray();
            return (sums, from, words, group.Hosts);
        });
        Assert.All(all, one =>
        {
            Assert.Equal([4.5, 3], one.sums);
            Assert.Equal("rank 0 speaks", one.from);
            Assert.Equal(["", "x", "xx"], one.words);
            Assert.Equal(["host0", "host1", "host2"], one.Hosts);
        });
    }

    [Fact]
    public void AnErrorOfARankIsSaidByRank0AndEndsAll()
    {
        var ended = RanksInThreads.Try<int>(3, (group, _) =>
        {
            try
            {
                if (group.Rank == 2)
                    throw new ZfDeclException("ZF1103", "this image is damaged", "a.png");
                Count(group);
                return 0;
            }
            catch (ZfDeclException error)
            {
                group.Tell(error);
                throw;
            }
        });
        var errors = ended.Select(one => Assert.IsType<ZfDeclException>(one.Error!.SourceException)).ToArray();
        Assert.Equal(("ZF1103", "rank 2 on host host2: this image is damaged", "a.png"), (errors[0].Code, errors[0].Message, errors[0].File));
        Assert.Equal([GroupFailure.Ended, "ZF1103"], errors[1..].Select(error => error.Code));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void ARankThatIsCutOffIsMissedByAll(int cut)
    {
        var ended = RanksInThreads.Try<int>(3, (group, wire) =>
        {
            try
            {
                Count(group);
                if (group.Rank == cut)
                    wire.Cut(cut);
                while (true)
                    Count(group);
            }
            catch (ZfDeclException error)
            {
                group.Tell(error);
                throw;
            }
        }, Short);
        var codes = ended.Select(one => Assert.IsType<ZfDeclException>(one.Error!.SourceException)).ToArray();
        Assert.All(codes, error => Assert.Contains(error.Code, new[] { GroupFailure.SilentRank, GroupFailure.SilentFirst, GroupFailure.Ended }));
        if (cut == 0)
            Assert.All(codes[1..], error => Assert.Equal(GroupFailure.SilentFirst, error.Code));
        else
            Assert.NotEqual(GroupFailure.Ended, codes[2].Code);         // whom of the others it misses first is chance
        if (cut != 0)
            Assert.Equal((GroupFailure.SilentRank, true), (codes[0].Code, codes[0].Message.Contains("rank 2 on host host2 has not been heard of for 2 s", StringComparison.Ordinal)));
    }

    [Fact]
    public void ARankMayComputeForLongerThanTheTimeout()
    {
        var sums = RanksInThreads.Run(2, group =>
        {
            Thread.Sleep(group.Rank * 2 * Short);
            return Count(group);
        }, Short);
        Assert.Equal([2, 2], sums);
    }

    private static double Count(IProcessGroup group)
    {
        double[] sum = [1];
        group.Sum(sum);
        return sum[0];
    }

    private static float[] Floats(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() - 0.5f) * MathF.Pow(10, random.Next(-3, 4)))];
    }

    private static float[] Pinned(float[] values)
    {
        var pinned = GC.AllocateUninitializedArray<float>(values.Length, pinned: true);
        values.CopyTo(pinned, 0);
        return pinned;
    }
}
