using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;
using ZfDecl.Generators.Primitives;

namespace ZfDecl.Generators.Emitting;

/// <summary>Prints what is known before a tensor exists: the constants of each layer, the recipe, and the resolved spec.</summary>
internal static class DeclarationEmitter
{
    public static string Emit(ResolvedSpec resolved, string ns)
    {
        var (net, recipe) = resolved;
        var spec = SpecPrinter.Print(resolved);
        var quotes = new string('"', Math.Max(3, LongestRun(spec, '"') + 1));
        return $$"""
            {{Text.Header(net.SpecFile)}}
            using ZfDecl.Networks;
            using ZfDecl.Networks.Recipes;

            namespace {{ns}};

            public sealed partial class {{net.Name}}
            {
                /// <summary>Everything that {{Text.Doc(net.SpecFile)}} declares.</summary>
                public static NetworkInfo Declaration { get; } = new()
                {
                    Name = "{{net.Name}}",
                    Summary = {{Text.Quote(net.Summary)}},
                    SpecFile = {{Text.Quote(net.SpecFile)}},
                    SpecHash = "{{SpecPrinter.Hash(spec)}}",
                    Input = {{Shape(net.Input)}},
                    Classes = {{net.Classes}},
                    Layers = [{{string.Join(", ", net.Layers.Select(layer => $"Layers.{layer.Property}"))}}],
                    Recipe = new()
                    {
            {{Text.Lines(3, recipe.Sections.Select(Section))}}
                        Data = {{(recipe.Data.Length > 0 ? Text.Quote(recipe.Data) : "null")}},
                        Written = [{{string.Join(", ", recipe.Written.Select(Text.Quote))}}],
                    },
                    ResolvedSpec = {{quotes}}
            {{Text.Lines(3, [spec.TrimEnd('\n')])}}

                        {{quotes}},
                };

                /// <summary>What is known of each layer: its output's shape and its receptive field (size, stride and offset, vertical and horizontal).</summary>
                public static class Layers
                {
            {{Text.Lines(2, net.Layers.Select((layer, index) => Layer(net, layer, index)), "\n\n")}}
                }
            }

            """;
    }

    private static string Section(ResolvedSection section)
    {
        var property = char.ToUpperInvariant(section.Word[0]) + section.Word.Substring(1);
        return $"{property} = new() {{ {string.Join(", ", section.Settings.Select(setting => $"{setting.Property} = {setting.Literal}"))} }},";
    }

    private static string Layer(ResolvedNetwork net, ResolvedLayer layer, int index)
    {
        var (header, field) = (layer.Header, layer.Header.Field);
        return $"""
            /// <summary>{layer.Description}: {layer.Output.Tensor}, receptive field {field.Size.Times}, stride {field.Stride}.</summary>
            public static LayerInfo {layer.Property} {"{ get; }"} = new({index}, "{layer.Name}", "{header.Kind}", {Shape(layer.Output)}, new({Pair(field.Size)}, {Pair(field.Stride)}, {Pair(field.Offset)}), {header.Parameters}, {header.MultiplyAdds}, {net.Readout(index)}) {"{"} {string.Join(", ", Facts(layer))} {"}"};
            """;
    }

    /// <summary>What its kind decided; what is the same for most layers is only said of the others.</summary>
    private static IEnumerable<string> Facts(ResolvedLayer layer)
    {
        yield return $"Inputs = [{string.Join(", ", layer.Header.Inputs.Select(input => input < 0 ? "LayerInfo.Image" : $"{input}"))}]";
        yield return $"Role = LayerRole.{layer.Header.Role}";
        yield return $"Locality = Locality.{layer.Locality}";
        yield return $"Backward = BackwardStep.{layer.Backward}";
        if (layer.Output.Flat)
            yield return "IsFlat = true";
        if (layer.Header.YieldsScores)
            yield return "YieldsScores = true";
        else if (layer.Header.PerClass && layer.Header.Role != LayerRole.Output)
            yield return "HoldsClassMaps = true";
        if (layer.RectifiesInPlace)
            yield return "RectifiesInPlace = true";
        if (layer.SignalSlope != 0)
            yield return $"Slope = {Text.Number(layer.SignalSlope)}";
        if (layer.Most is { } most)
            yield return $"Ceiling = {Text.Number(most)}";
        if (layer.SlidingWindow is { } window)
            yield return $"Window = new({Pair(window.Kernel)}, {Pair(window.Stride)}, {Pair(window.Padding.Start)}, {Pair(window.Dilation)}){Far(window.Padding)}";
        if (layer.Border != WindowBorder.OwnRule)
            yield return $"Border = WindowBorder.{layer.Border}";
        if (layer.GroupCount > 1)
            yield return $"Groups = {layer.GroupCount}";
        if (!layer.CountsPadding)
            yield return "CountsPadding = false";
        if (layer.Initial.Std is { } std)
            yield return $"InitialStd = {Text.Number(std)}";
        if (layer.Initial.Bias != 0)
            yield return $"InitialBias = {Text.Number(layer.Initial.Bias)}";
    }

    private static string Far(Sides padding) => padding.IsEven ? "" : FormattableString.Invariant($" {{ PaddingBottom = {padding.Bottom}, PaddingRight = {padding.Right} }}");

    private static int LongestRun(string text, char c)
    {
        var (longest, run) = (0, 0);
        foreach (var one in text)
        {
            run = one == c ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }
        return longest;
    }

    private static string Shape(Shape shape) => $"new({shape.Maps}, {shape.Height}, {shape.Width})";

    // Some cultures write a minus that is none in C#.
    private static string Pair(Pair pair) => FormattableString.Invariant($"{pair.Y}, {pair.X}");
}
