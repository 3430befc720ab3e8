using System.Diagnostics;
using ZfDecl.Endurance.Reading;

namespace ZfDecl.Tests.Host;

/// <summary>Files whose bytes or structure a seed has changed. <c>dotnet run -c Release --project tests/ZfDecl.Endurance -- reading</c> goes on for longer.</summary>
[Collection(Alone.Name)]
public sealed class ChangedFilesTests
{
    private const int Files = 3000, Least = 100;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    [Fact]
    public void EachIsReadOrRefusedWithACodeAndNoneIsAcceptedThatItsSealTells()
    {
        using var trials = new ReaderTrials();
        var watch = Stopwatch.StartNew();
        var seed = 1;
        for (; seed <= Files && (watch.Elapsed < Longest || seed <= Least); seed++)
        {
            var problems = trials.Try(seed);
            Assert.True(problems.Count == 0, $"seed {seed}: {string.Join("; ", problems)}");
        }
        Assert.True(trials.Kinds > 20);
        Assert.InRange(trials.Refused, seed / 2, seed);                 // most changes are seen
    }
}
