using System.Globalization;
using System.Text;
using ZfDecl.Generators.Kinds;
using ZfDecl.Generators.Language;
using ZfDecl.Models;

namespace ZfDecl.Generators.Tests.Documentation;

/// <summary>The pages that are made of the definitions themselves.</summary>
public class ReferenceTests
{
    [Fact]
    public void TheKindsAreDocumentedFromTheirDefinitions()
    {
        var page = new StringBuilder("""
            # Kinds of layers

            A layer is one line: its kind, its name, and its keys, `- { conv: conv1, maps: 96, kernel: 7, stride: 2 }`. A key without a default must be written,
            unless its description says what holds where it is left out.

            A layer of any kind reads the one above. `from: name` has it read another earlier one, `from: images` the image: `- { conv: conv2b, maps: 64, kernel: 1, from: pool1 }`.

            Layers that repeat are written once, with parameters. `{i}`, `{i-1}` and `{width}` stand for the values of each round, which a range `1..3`, both ends included, or a
            list gives; in a layer of one line they need quotes. Weights, `change:` and `-p:Layers=` know the layers by the names that come out, here `conv1` to `conv3`.

            ```yaml
            - repeat: { i: 1..3, width: [64, 128, 256] }
              layers:
                - { conv: 'conv{i}', maps: '{width}', kernel: 3, padding: 1 }
                - { relu: 'relu{i}' }
            ```

            """);
        foreach (var kind in LayerKind.All)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {kind.Word}\n\n{kind.Summary}\n");
            IReadOnlyList<Key> keys = kind.From.Required ? kind.EveryKey : kind.Keys;
            if (keys.Count > 0)
                page.Append("\n| key | what it is | allowed | default |\n|---|---|---|---|\n");
            foreach (var key in keys)
                page.Append(CultureInfo.InvariantCulture, $"| `{key.Name}` | {key.Summary} | {key.Allowed} | {(key.HasDefault ? $"`{key.Print(key.DefaultValue)}`" : "")} |\n");
        }
        Pages.Check("kinds.md", page.ToString());
    }

    [Fact]
    public void TheShippedNetworksAreDocumentedFromTheirDeclarations()
    {
        var page = new StringBuilder("""
            # Shipped networks

            Layers are those with weights. Multiply-adds are for one image. The receptive field and the stride are those of the last layer before the units
            become a row, in pixels of the input.

            | network | layers | parameters | multiply-adds | input | receptive field / stride | spec |
            |---|---|---|---|---|---|---|

            """);
        foreach (var net in DeclaredNetworks.All.Select(entry => entry.Info).OrderBy(net => net.SpecFile, StringComparer.Ordinal).ThenBy(net => net.Parameters))
        {
            var last = net.Layers.Last(layer => layer.Kind is "conv" or "maxpool" or "avgpool");
            var field = last.ReceptiveField;
            page.Append(CultureInfo.InvariantCulture,
                $"| {net.Name} | {net.Layers.Count(layer => layer.Parameters > 0)} | {net.Parameters:N0} | {net.MultiplyAdds:N0} | {net.Input} | {last.Name}: {Sides(field.Height, field.Width)} / {Sides(field.StrideY, field.StrideX)} | [{net.SpecFile}](../../../{net.SpecFile}) |\n");
        }
        Pages.Check("networks.md", page.ToString());

        static string Sides(int y, int x) => y == x ? $"{y}" : $"{y}×{x}";
    }
}
