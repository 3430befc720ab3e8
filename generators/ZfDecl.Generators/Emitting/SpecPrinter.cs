using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;

namespace ZfDecl.Generators.Emitting;

/// <summary>Prints what is resolved as a spec again, with every default written out: reading it gives the same network.</summary>
internal static class SpecPrinter
{
    public static string Print(ResolvedSpec resolved)
    {
        var (net, recipe) = resolved;
        var text = new StringBuilder();
        text.Append("network: ").Append(net.Name).Append('\n');
        if (net.Summary.Length > 0)
            text.Append("summary: '").Append(net.Summary.Replace("'", "''")).Append("'\n");
        text.Append(string.Format(CultureInfo.InvariantCulture, "input: {{ channels: {0}, height: {1}, width: {2} }}\n", net.Input.Maps, net.Input.Height, net.Input.Width));
        text.Append("classes: ").Append(SpecKeys.Classes.Print(net.Classes)).Append('\n');
        if (recipe.Data.Length > 0)
            text.Append("data: '").Append(recipe.Data.Replace("'", "''")).Append("'\n");
        text.Append("layers:\n");
        foreach (var layer in net.Layers)
            text.Append("  - { ").Append(layer.Header.Kind).Append(": ").Append(layer.Name).Append(string.Concat(layer.Header.Settings.Select(s => $", {s.Key}: {s.Value}"))).Append(" }\n");
        foreach (var section in recipe.Sections)
            text.Append(section.Word).Append(": { ").Append(string.Join(", ", section.Settings.Select(s => $"{s.Key}: {s.Value}"))).Append(" }\n");
        return text.ToString();
    }

    /// <summary>SHA-256, lowercase hex.</summary>
    public static string Hash(string text)
    {
        using var sha = SHA256.Create();
        return string.Concat(sha.ComputeHash(Encoding.UTF8.GetBytes(text)).Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
