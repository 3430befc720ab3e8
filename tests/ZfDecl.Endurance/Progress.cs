using System.Diagnostics;

namespace ZfDecl.Endurance;

/// <summary>Trials one after the other, of which those that went well are kept in a file, so that the command can be stopped and goes on.</summary>
/// <param name="file">The file; null for none.</param>
/// <param name="atMost">After how long it stops.</param>
internal sealed class Progress(FileInfo? file, TimeSpan atMost)
{
    private const int Between = 50;

    /// <summary>Tries what has not gone well before.</summary>
    /// <param name="trials">The trials.</param>
    /// <param name="name">The name of one.</param>
    /// <param name="run">Runs one, and says what is wrong.</param>
    /// <returns>Whether nothing was wrong.</returns>
    public bool Through<T>(IReadOnlyCollection<T> trials, Func<T, string> name, Func<T, IReadOnlyList<string>> run)
    {
        HashSet<string> before = file is { Exists: true } ? [.. File.ReadLines(file.FullName)] : [];
        var (watch, tried, wrong) = (Stopwatch.StartNew(), 0, 0);
        foreach (var trial in trials.Where(trial => !before.Contains(name(trial))).TakeWhile(_ => watch.Elapsed < atMost))
        {
            var problems = run(trial);
            tried++;
            wrong += problems.Count > 0 ? 1 : 0;
            foreach (var problem in problems)
                Console.WriteLine($"{name(trial)}: {problem}");
            if (file is not null && problems.Count == 0)
                File.AppendAllText(file.FullName, $"{name(trial)}\n");
            if (tried % Between == 0)
                Console.WriteLine($"{tried,6:N0} tried, {watch.Elapsed.TotalSeconds,6:F0} s, {wrong} wrong");
        }
        Console.WriteLine($"{tried:N0} of {trials.Count:N0} tried, {before.Count:N0} done before; {wrong} wrong; {watch.Elapsed.TotalSeconds:F0} s");
        return wrong == 0;
    }
}
