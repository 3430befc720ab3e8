using System.Globalization;
using ZfDecl.Files;
using ZfDecl.Findings;
using ZfDecl.Imaging.Charts;
using ZfDecl.Messages;

namespace ZfDecl.Analyses.Diagnose;

/// <summary>
/// What a diagnosis leaves in its folder: <c>layers.csv</c>, <c>filters.csv</c>, <c>charts.png</c>, <c>charts.svg</c>, <c>filters.png</c> (and <c>filters-against.png</c>)
/// and its section of the report.
/// </summary>
/// <param name="networks">The network; and the one to compare it with, where there is one.</param>
public sealed class DiagnosisReport(IReadOnlyList<DiagnosedNetwork> networks)
{
    private const int ChartsAcross = 3, Bins = 24;

    private static readonly string OfMaps = string.Create(CultureInfo.InvariantCulture,
        $"A map is dead where no image excites it. A filter dominates where its RMS is over {LayerDiagnosis.DominanceBound} times the median filter's.");

    private static readonly string OfConvolutions =
        " Low frequencies of the first filters are those below 1/8 cycle a pixel (the Nyquist frequency of stride 4), high ones those from 1/4 on (that of stride 2); "
        + string.Create(CultureInfo.InvariantCulture, $"white noise has {FrequencyShares.OfNoise.Low:0 %}, {FrequencyShares.OfNoise.Middle:0 %} and {FrequencyShares.OfNoise.High:0 %} in the low, middle and high band. ")
        + string.Create(CultureInfo.InvariantCulture, $"A convolution is not learned where neighbouring weights are no more alike than {FilterStructure.AutocorrelationBound} (their correlation), and its kernels hold no other share of low frequencies than {FilterStructure.Draws} sets drawn as before a training. ")
        + string.Create(CultureInfo.InvariantCulture, $"Aliased is the share of the energy of a layer's answers, taken at every pixel, that lies above the Nyquist frequency of its stride; over {LayerDiagnosis.AliasingBound:0 %} is much.");

    /// <summary>Whether one of the networks has a convolution.</summary>
    private bool HasConvolutions => networks.Any(network => network.Layers[0].Profile is not null);

    /// <summary>The header of <see cref="Table"/>.</summary>
    public static IReadOnlyList<string> TableHeader => ["network", "layer", "window", "maps", "dead", "median RMS", "largest RMS", "ratio", "low", "middle", "high", "alike", "aliased"];

    /// <summary>A row a layer; of two networks, the layers of one layer beside each other.</summary>
    public IEnumerable<string[]> Table => Interleaved().Select(one => Row(one.Network, one.Layer));

    /// <summary>A sentence a layer, of each network.</summary>
    public IEnumerable<string> Verdicts => Interleaved().Select(one => networks.Count > 1 ? $"{one.Network.Name} · {one.Layer.Verdict}" : one.Layer.Verdict);

    /// <summary>What stands out, one sentence per layer; and for each network one on all the layers where nothing does.</summary>
    private IEnumerable<string> Summary => Interleaved().Where(one => !one.Layer.IsInconspicuous).Select(one => Of(one.Network, one.Layer.Verdict))
        .Concat(networks.Select(network => (network, Layers: network.Layers.Where(layer => layer.IsInconspicuous).Select(layer => layer.Layer.Name).ToArray()))
            .Where(pair => pair.Layers.Length > 0).Select(pair => Of(pair.network, $"nothing stands out in {string.Join(", ", pair.Layers)}.")));

    private string Of(DiagnosedNetwork network, string sentence) => networks.Count > 1 ? $"{network.Name} · {sentence}" : sentence;

    /// <summary>Writes the files; each appears when it is complete.</summary>
    /// <param name="folder">The run's <c>diagnose</c> folder.</param>
    /// <exception cref="ZfDeclException">ZF1204: a file cannot be written.</exception>
    public void Write(string folder)
    {
        var sheet = Charts();
        CsvFile.Write(Path.Combine(folder, "layers.csv"), LayersCsv());
        CsvFile.Write(Path.Combine(folder, "filters.csv"), FiltersCsv());
        AtomicFile.WriteText(Path.Combine(folder, "charts.svg"), sheet.ToSvg());
        AtomicFile.Write(Path.Combine(folder, "charts.png"), stream => stream.Write(sheet.ToPng()));
        var figures = new List<ReportFigure> { new("charts.png", $"Histograms of the filters' RMS, one chart per layer{(HasConvolutions ? ", and the frequencies of the first filters" : "")}", $"How large the filters are{(HasConvolutions ? ", and which frequencies the first ones hold" : "")}") };
        foreach (var (network, name) in networks.Zip(["filters.png", "filters-against.png"]))
        {
            if (network.Filters is not { } filters)
                continue;
            AtomicFile.Write(Path.Combine(folder, name), stream => stream.Write(filters));
            figures.Add(new(name, $"The filters of the first convolution of {network.Name}", $"{network.Name}: the first filters, on one scale, 0 is mid grey"));
        }
        new ReportSection
        {
            Id = AnalysisKinds.Diagnose.Folder,
            Title = networks.Count > 1 ? $"{AnalysisKinds.Diagnose.Title}, beside {networks[1].Name}" : AnalysisKinds.Diagnose.Title,
            Order = AnalysisKinds.Diagnose.Order,
            Subject = string.Join("; ", networks.Select(network => $"{network.Name}: {network.Data} · {network.Weights}")),
            Text = [OfMaps + (HasConvolutions ? OfConvolutions : ""), .. Summary],
            Figures = figures,
            Tables = [new("layers.csv", "Layers: the RMS of their filters; low, middle and high are shares of the energy of the first filters, aliased is one of the answers', 0 … 1"), new("filters.csv", "Filters: the same for each")],
        }.Write(folder);
    }

    /// <summary>A row a layer.</summary>
    public string LayersCsv() => string.Concat(networks.SelectMany(network => network.Layers.Select(layer => CsvLine.Of(
            network.Name, layer.Layer.Name, layer.Rms.Count, layer.Dead.Count, layer.MedianRms, layer.Rms.Max(), layer.Dominance,
            Or(layer.MeanFrequencies?.Low), Or(layer.MeanFrequencies?.Middle), Or(layer.MeanFrequencies?.High), Or(layer.Structure?.Autocorrelation), Or(layer.Structure?.Low), Or(layer.Structure?.InitialLow.Mean), Or(layer.Aliasing?.OfLayer), layer.Verdict)))
        .Prepend(CsvLine.Of("network", "layer", "maps", "dead", "rms_median", "rms_largest", "rms_ratio", "low", "middle", "high", "autocorrelation", "kernels_low", "kernels_low_initial", "aliased", "verdict")));

    /// <summary>A row a filter.</summary>
    public string FiltersCsv() => string.Concat(networks.SelectMany(network => network.Layers.SelectMany(layer =>
        {
            var aliased = layer.Aliasing?.OfMaps;
            return layer.Rms.Select((rms, map) => CsvLine.Of(
                network.Name, layer.Layer.Name, map, rms, layer.Dead.Contains(map) ? "yes" : "no",
                Or(layer.Frequencies?[map].Low), Or(layer.Frequencies?[map].Middle), Or(layer.Frequencies?[map].High), Or(aliased?[map])));
        }))
        .Prepend(CsvLine.Of("network", "layer", "map", "rms", "dead", "low", "middle", "high", "aliased")));

    private ChartSheet Charts()
    {
        Chart[] charts = [.. HasConvolutions ? [Frequencies()] : Array.Empty<Chart>(), .. Enumerable.Range(0, networks.Max(network => network.Layers.Count)).Select(Histogram)];
        return new(
            $"{string.Join("  against  ", networks.Select(network => network.Name))}  ·  diagnosis",
            [.. networks.Select(network => $"{network.Name}: {network.Data}  ·  {network.Weights}").Distinct(), "RMS: the root mean square of a filter's weights." + (HasConvolutions ? " Frequencies: the mean energy of the first filters, each filter weighing alike, in units of white noise's; what lies right of 1/(2 · stride) aliases." : "")],
            [.. charts.Chunk(ChartsAcross)]);
    }

    private Chart Frequencies() => new()
    {
        Title = string.Join(", ", networks.Where(network => network.Layers[0].Profile is not null).Select(network => network.Layers[0].Layer.Name).Distinct()) + ": frequencies of the filters",
        XLabel = "cycles a pixel",
        YLabel = "energy, of white noise's",
        Lines = [.. networks.Where(network => network.Layers[0].Profile is not null).Select(network =>
        {
            var profile = network.Layers[0].Profile!;
            return new ChartLine(network.Name, [.. profile.Select((_, ring) => 0.5 * (ring + 0.5) / profile.Count)], profile) { IsFilled = true };
        })],
        LowestY = 0,
    };

    /// <summary>The filters' RMS at one layer in the networks, as steps: all in the same bins, as shares, because networks have different numbers of maps.</summary>
    private Chart Histogram(int layer)
    {
        var shown = networks.Where(network => layer < network.Layers.Count).Select(network => (network.Name, Layer: network.Layers[layer])).ToArray();
        var largest = Math.Max(shown.Max(one => one.Layer.Rms.Max()), 1e-12);
        return new()
        {
            Title = string.Join(", ", shown.Select(one => one.Layer.Layer.Name).Distinct()) + ": size of the filters",
            XLabel = "RMS of a filter",
            YLabel = "share of the filters",
            Lines = [.. shown.Select(one => Steps(one.Name, one.Layer.Rms, largest))],
            LowestY = 0,
        };
    }

    private static ChartLine Steps(string name, IReadOnlyList<double> rms, double largest)
    {
        var shares = new double[Bins];
        foreach (var value in rms)
            shares[Math.Min((int)(value / largest * Bins), Bins - 1)] += 1.0 / rms.Count;
        var edges = Enumerable.Range(0, 2 * Bins + 2).Select(i => i / 2 * largest / Bins).ToArray();
        double[] heights = [0, .. shares.SelectMany(share => (double[])[share, share]), 0];
        return new(name, edges, heights) { IsFilled = true };
    }

    private IEnumerable<(DiagnosedNetwork Network, LayerDiagnosis Layer)> Interleaved() => Enumerable.Range(0, networks.Max(network => network.Layers.Count))
        .SelectMany(layer => networks.Where(network => layer < network.Layers.Count).Select(network => (network, network.Layers[layer])));

    private static string[] Row(DiagnosedNetwork network, LayerDiagnosis layer)
    {
        var window = layer.Layer.Window is { } w ? $"{w.KernelHeight}×{w.KernelWidth}{(Math.Max(w.StrideY, w.StrideX) > 1 ? $" / {Math.Max(w.StrideY, w.StrideX)}" : "")}" : "";
        var mean = layer.MeanFrequencies;
        return
        [
            network.Name, layer.Layer.Name, window, Text($"{layer.Rms.Count}"), Text($"{layer.Dead.Count}"), Text($"{layer.MedianRms:0.0000}"), Text($"{layer.Rms.Max():0.0000}"), Text($"{layer.Dominance:0.00}"),
            Percent(mean?.Low), Percent(mean?.Middle), Percent(mean?.High), layer.Structure is { } structure ? Text($"{structure.Autocorrelation:0.00}") : "", Percent(layer.Aliasing?.OfLayer),
        ];
    }

    private static string Percent(double? share) => share is { } value ? Text($"{value:0.0 %}") : "";

    private static object Or(double? value) => value is { } number ? number : "";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
