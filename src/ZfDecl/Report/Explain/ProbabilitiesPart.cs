using ZfDecl.Analyses.Explain;
using ZfDecl.Findings;
using ZfDecl.Report.Page;

namespace ZfDecl.Report.Explain;

/// <summary>What the network yields most strongly: probabilities, or, without classes, the largest values.</summary>
internal static class ProbabilitiesPart
{
    public static PagePart Of(Explanation found)
    {
        var strongest = found.Prediction.Strongest;
        if (found.Classes.Count == 0)
        {
            var last = found.Network.Layers[^1];
            return new("output", "What the network yields", Html.Of($"""
                <p class="hint">{last.Name} yields {last.Output.ToString()}; these are the channels with the largest values.</p>
                {Table(["channel", "value"], strongest.Select(output => ($"{output.Index}", Figures.Significant(output.Value))))}
                """));
        }
        // A class that is asked for may be less probable than the first five.
        (string Name, double Probability)[] shown = [.. strongest.Select(output => (found.Classes[output.Index], output.Value)), .. strongest.Any(output => output.Index == found.Occlusion.Class) ? [] : new[] { (found.ClassName, found.Probability) }];
        var chart = new BarChart("probability, %", [.. shown.Select(one => one.Name)]);
        chart.Add("probability", "a", [.. shown.Select(one => (100 * one.Probability, (double?)null))]);
        return new("output", "What it is taken for", Html.Of($"""
            {chart.ToHtml()}
            {Table(["class", "probability"], shown.Select(one => (one.Name, Figures.Percent(one.Probability))))}
            """));
    }

    private static Html Table(string[] header, IEnumerable<(string Name, string Value)> rows) => Html.Of($"""
        <div class="scroll" tabindex="0" role="region" aria-label="values"><table>
        <thead><tr>{header.Select((name, column) => Html.Of($"<th scope=\"col\"{new Html(column == 0 ? " class=\"text\"" : "")}>{name}</th>"))}</tr></thead>
        <tbody>{rows.Select(row => Html.Of($"<tr><th scope=\"row\">{row.Name}</th><td>{row.Value}</td></tr>\n"))}</tbody>
        </table></div>
        """);
}
