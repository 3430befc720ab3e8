using System.Diagnostics;
using System.Globalization;

namespace ZfDecl.Benchmarks;

/// <summary>
/// Times alternatives against each other as A B A B …, so that a noisy machine is noisy for all of them, and prints each one's median, and the ratio of the
/// first one's to it. Warm-up rounds come first and are not counted.
/// </summary>
internal sealed class Paired(string title, int rounds = 9, int warmUp = 2)
{
    private readonly List<(string Name, Action Work, Func<TimeSpan> Cpu)> alternatives = [];

    /// <summary>Adds an alternative; the first one is what the others are measured against.</summary>
    public Paired Add(string name, Action work) => Add(name, work, () => Environment.CpuUsage.TotalTime);

    /// <summary>Adds an alternative that a process of its own runs: the processor time is that one's.</summary>
    public Paired Add(string name, Worker worker) => Add(name, () => worker.Round(), () => worker.CpuTime);

    private Paired Add(string name, Action work, Func<TimeSpan> cpu)
    {
        alternatives.Add((name, work, cpu));
        return this;
    }

    /// <summary>Runs the rounds and prints the table.</summary>
    /// <returns>The median wall-clock time of each alternative, in seconds.</returns>
    public IReadOnlyList<double> Run() => [.. Time().Select(median => median.Wall)];

    /// <summary>Runs the rounds and prints the table.</summary>
    /// <returns>The medians of each alternative, in seconds.</returns>
    public IReadOnlyList<(double Wall, double Cpu)> Time()
    {
        var (wall, cpu) = (Samples(), Samples());
        for (var round = -warmUp; round < rounds; round++)
        {
            for (var i = 0; i < alternatives.Count; i++)
            {
                var (began, used) = (Stopwatch.GetTimestamp(), alternatives[i].Cpu());
                alternatives[i].Work();
                if (round < 0)
                    continue;
                wall[i].Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
                cpu[i].Add((alternatives[i].Cpu() - used).TotalSeconds);
            }
        }

        Console.WriteLine($"\n{title} ({rounds} rounds)");
        Console.WriteLine($"  {"",-44}{"median",12}{"fastest",12}{"CPU",12}{"ratio",9}{"of CPU",9}{"paired",16}");
        for (var i = 0; i < alternatives.Count; i++)
        {
            var ratios = wall[0].Zip(wall[i], (first, own) => first / own).Order().ToArray();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {alternatives[i].Name,-44}{Milliseconds(Median(wall[i])),12}{Milliseconds(wall[i].Min()),12}{Milliseconds(Median(cpu[i])),12}{Median(wall[0]) / Median(wall[i]),8:F2}×{Median(cpu[0]) / Median(cpu[i]),8:F2}×{$"{ratios[0]:F2}–{ratios[^1]:F2}×",16}"));
        }
        return [.. wall.Zip(cpu, (one, other) => (Median(one), Median(other)))];

        List<double>[] Samples() => [.. alternatives.Select(_ => new List<double>())];
    }

    private static double Median(IReadOnlyCollection<double> samples)
    {
        var sorted = samples.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static string Milliseconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e3:F3} ms");
}
