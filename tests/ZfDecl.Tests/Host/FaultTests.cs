using System.Diagnostics;
using ZfDecl.Endurance.Faults;

namespace ZfDecl.Tests.Host;

/// <summary>Commands that are killed, or whose disk fails, at points that a seed chooses. <c>dotnet run -c Release --project tests/ZfDecl.Endurance -- faults</c> tries all.</summary>
public sealed class FaultTests
{
    private const int Points = 60;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(50);

    [Fact]
    public void ACommandThatIsKilledOrWhoseDiskFailsLeavesWhatItsRepetitionMakesWhole()
    {
        var watch = Stopwatch.StartNew();
        using var trials = new FaultTrials();
        var all = trials.All().ToArray();
        new Random(1).Shuffle(all);
        // On a machine that others use, fewer than all; they are tried next time the seed changes, and by the long command.
        var tried = all.Take(Points).TakeWhile(_ => watch.Elapsed < Longest).Select(point => (Point: point, Problems: trials.Try(point))).ToList();

        Assert.True(tried.Count > 0);
        Assert.All(tried, one => Assert.True(one.Problems.Count == 0, $"{one.Point}: {string.Join("; ", one.Problems)}"));
    }
}
