using System.Diagnostics;
using ZfDecl.Endurance.Together;

namespace ZfDecl.Tests.Host;

/// <summary>Two commands at once on one run. <c>dotnet run -c Release --project tests/ZfDecl.Endurance -- together</c> tries each with each.</summary>
public sealed class VerbsAtOnceTests
{
    private const int Pairs = 5;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(25);

    [Fact]
    public void TheResultOfEachIsWholeOrItsErrorSaysWhatToDo()
    {
        using var trials = new VerbsAtOnce();
        var pairs = VerbsAtOnce.Pairs.ToArray();
        new Random(1).Shuffle(pairs);
        // Two reports, which once left each other without files, first.
        var report = VerbsAtOnce.Pairs.First(pair => VerbsAtOnce.NameOf(pair) == "report | report");
        var watch = Stopwatch.StartNew();
        foreach (var pair in pairs.Take(Pairs).Prepend(report).TakeWhile(_ => watch.Elapsed < Longest))
        {
            var problems = trials.Try(pair);
            Assert.True(problems.Count == 0, $"{VerbsAtOnce.NameOf(pair)}: {string.Join("; ", problems)}");
        }
    }
}
