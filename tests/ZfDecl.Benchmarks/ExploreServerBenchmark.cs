using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SkiaSharp;
using ZfDecl.Explore;

namespace ZfDecl.Benchmarks;

/// <summary>
/// How long the explorer takes from a question of its page to the answer, by HTTP, on the weights that come with the repository and on a ZF-8 at 224×224: median and 95th percentile, and what of it
/// was computing. Each question is a new one, as each click is.
/// </summary>
internal static class ExploreServerBenchmark
{
    private const int Warm = 5, Times = 40, Pictures = 12;

    private static readonly string[] AllRules = ["deconv", "mask", "guided"];

    /// <summary>Measures both networks.</summary>
    public static void Measure()
    {
        var folder = Directory.CreateTempSubdirectory("zfdecl-").FullName;
        try
        {
            MakePictures(Path.Combine(folder, "pictures"));
            Console.WriteLine($"{"",-28}{"median",10}{"95 %",10}{"computing",12}   ms");
            Measure("shipped net", folder, "conv3", 28, 8);
            Measure("ZF-8 at 224", folder, "conv5", 224, 50, "--spec=Zf8", "--run=untrained", $"--data={Path.Combine(folder, "pictures")}", "--split=train");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Measure(string name, string folder, string layer, int side, int square, params string[] settings)
    {
        Console.WriteLine(name);
        var watch = Stopwatch.StartNew();
        using var process = Start(folder, settings);
        var first = FirstAddress(process);
        using var client = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(first.GetLeftPart(UriPartial.Authority)) };
        client.GetStringAsync(first).GetAwaiter().GetResult();
        client.GetStringAsync(new Uri("api/network", UriKind.Relative)).GetAwaiter().GetResult();
        Ask(client, "look", new { subject = new { image = "data:0" }, layer });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"  process to a usable page",-28}{watch.Elapsed.TotalMilliseconds,10:F0}"));
        var random = new Random(1);
        Time("  image, classes and tiles", i => Ask(client, "look", new { subject = new { image = $"data:{i % Pictures}", edit = new { rotate = 0.5 + i } }, layer, tile = 64 }));
        Time("  click, projection", i => Ask(client, "project", new { subject = new { image = "data:0" }, layer, map = random.Next(64), rules = AllRules[..1] }));
        Time("  click, three rules, chain", i => Ask(client, "project", new { subject = new { image = "data:0" }, layer, map = random.Next(64), rules = AllRules, chain = true }));
        Time("  occluder, classes, activity", i => Ask(client, "look", new { subject = new { image = "data:0", edit = new { occluder = new { y = random.Next(side - square), x = random.Next(side - square), size = square } } }, layer, map = 5, tiles = false }));
        process.Kill();
        process.WaitForExit();
    }

    private static void Time(string what, Func<int, double> ask)
    {
        var (all, computing) = (new List<double>(), new List<double>());
        for (var i = 0; i < Warm + Times; i++)
        {
            var watch = Stopwatch.StartNew();
            var computed = ask(i);
            if (i < Warm)
                continue;
            all.Add(watch.Elapsed.TotalMilliseconds);
            computing.Add(computed);
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-28}{Quantile(all, 0.5),10:F1}{Quantile(all, 0.95),10:F1}{Quantile(computing, 0.5),12:F1}"));
    }

    /// <summary>Asks something.</summary>
    /// <returns>The milliseconds that the answer says were computed.</returns>
    private static double Ask(HttpClient client, string question, object body)
    {
        using var answer = client.PostAsJsonAsync($"api/{question}", body).GetAwaiter().GetResult();
        return answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>().GetAwaiter().GetResult().GetProperty("milliseconds").GetDouble();
    }

    private static double Quantile(List<double> values, double share) => values.Order().ElementAt((int)(share * (values.Count - 1)));

    private static Process Start(string folder, string[] settings)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            ["exec", typeof(ExploreCommand).Assembly.Location, "explore", $"--root={Tests.Repository.Root}", $"--artifacts={Path.Combine(folder, "artifacts")}", "--open=no", .. settings])
        {
            RedirectStandardOutput = true,
            Environment = { ["OMP_WAIT_POLICY"] = "PASSIVE", ["DOTNET_MaxVectorTBitWidth"] = "512", ["GLIBC_TUNABLES"] = "glibc.malloc.hugetlb=1" },      // as in the targets
        };
        return Process.Start(start)!;
    }

    private static Uri FirstAddress(Process process)
    {
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (line.Split(' ') is ["open", var address, ..])
                return new(address);
        }
        throw new InvalidOperationException($"the explorer ended with code {process.ExitCode}");
    }

    private static void MakePictures(string folder)
    {
        for (var number = 0; number < 2 * Pictures; number++)
        {
            var random = new Random(number);
            using var bitmap = new SKBitmap(28, 28);
            bitmap.Pixels = [.. Enumerable.Range(0, 28 * 28).Select(_ => new SKColor((uint)random.Next() | 0xFF000000))];
            using var large = bitmap.Resize(new SKImageInfo(256, 256), new SKSamplingOptions(SKFilterMode.Linear));
            var path = Path.Combine(folder, number % 2 == 0 ? "one" : "other", $"{number}.png");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var file = File.Create(path);
            large.Encode(file, SKEncodedImageFormat.Png, 100);
        }
    }
}
