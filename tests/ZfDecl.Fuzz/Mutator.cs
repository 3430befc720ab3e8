using System.Text.RegularExpressions;

namespace ZfDecl.Fuzz;

/// <summary>Damages a spec at random: its characters, tokens, lines, structure, or the file as a whole, which can become 10 MB long. The same seed gives the same text.</summary>
internal sealed partial class Mutator(Random random)
{
    private static readonly string[] Characters =
    [
        "\t", "\r", "\n", "\0", "\uFEFF", "\u2028", "\u0085", "\u00A0", "\u200F", "é", "漢", "😀", "\uD800", "\u001B", "&", "*", "!", "|", ">", "%", "@", "`", "{", "}", "[", "]", ",", ":", "#", "'", "\"", "-", "?", " ", "\\",
    ];

    private static readonly string[] Numbers =
    [
        "0", "-1", "1", "2", "3", "7", "64", "4096", "65536", "65537", "1048576", "1000000000", "2147483647", "2147483648", "-2147483648", "9223372036854775807", "99999999999999999999999",
        "1e308", "1e309", "1e-320", "-0", "0.0", ".5", "5.", "1e5", "NaN", ".nan", "Infinity", ".inf", "0x10", "0o7", "007", "1_000", "1,000", "+5", "½", "３", "0.1.2", "1e", "--1", "[3, 5]", "[3]", "[1, 4096]", "~", "null", "true",
    ];

    private static readonly string[] Words =
    [
        "conv", "relu", "maxpool", "lrn", "dense", "dropout", "flatten", "softmax", "maps", "kernel", "stride", "padding", "groups", "dilation", "bias", "units", "rate", "size", "alpha", "rounding", "up", "down", "none", "he",
        "add", "concat", "mul", "affine", "pad", "channel-shuffle", "prelu", "elu", "silu", "hardswish", "from", "images", "all", "same", "same-lower", "slope", "ceiling", "repeat", "i", "1..3", "'{i}'", "'conv{i-1}'",
        "network", "extends", "variants", "change", "remove", "insert-after", "insert-before", "layers", "input", "classes", "train", "preprocess", "visualize", "summary", "data", "true", "false", "null", "<<",
        "Zf8", "Fashion", "Tiny", "Grid", "Wide", "conv1", "conv2", "fc3", "pool1", "class", "this", "base", "void", "await", "yield", "nameof", "field", "value", "record", "x", "net", "train", "forward", "images", "scope", "tensor",
        "info", "switches", "count", "source", "equals", "getType", "toString", "String", "Console", "Object", "Tensor", "Func", "Math", "torch", "TorchSharp", "Compiled", "Con", "Aux", "_", "__", "a", "A",
    ];

    private static readonly string[] Snippets =
    [
        "&a ", "*a", "!!str ", "!!int ", "!<tag:x> ", "<<: *a\n", "---\n", "...\n", "%YAML 1.2\n---\n", "? ", "- ", "{ }", "[ ]", "{ a: b }", "[a, [b, [c]]]", "|\n  text\n  more\n", ">\n  text\n", "\"a\\nb\\x00\"", "'it''s'", "# a comment\n", "\"\\u2028\"", "\"</summary>\"", "'\"\"\"\"'", "'*/ // {0} {{'",
    ];

    public string Mutate(string text)
    {
        for (var left = 1 + random.Next(4); left > 0; left--)
            text = Once(text);
        return random.Next(5000) == 0 ? string.Concat(Enumerable.Repeat(text, (10 << 20) / Math.Max(1, text.Length))) : text;
    }

    private string Once(string text) => random.Next(100) switch
    {
        < 20 => Character(text),
        < 60 => Token(text),
        < 75 => Line(text),
        < 90 => Structure(text),
        _ => Whole(text),
    };

    private string Character(string text)
    {
        var (at, length) = (random.Next(text.Length + 1), random.Next(1, 12));
        return random.Next(4) switch
        {
            0 => text.Insert(at, Any(Characters)),
            1 => text.Remove(at, Math.Min(length, text.Length - at)),
            2 => text.Insert(at, text.Substring(at, Math.Min(length, text.Length - at))),
            _ => text.Length == 0 ? text : text.Remove(Math.Min(at, text.Length - 1), 1).Insert(Math.Min(at, text.Length - 1), Any(Characters)),
        };
    }

    private string Token(string text)
    {
        var tokens = Tokens().Matches(text);
        if (tokens.Count == 0)
            return Any(Words);
        var token = tokens[random.Next(tokens.Count)];
        var isNumber = token.Value.All(c => char.IsAsciiDigit(c) || c is '.' or '-' or 'e');
        var other = random.Next(10) switch
        {
            < 5 => isNumber ? Any(Numbers) : Any(Words),
            5 => isNumber ? Any(Words) : Any(Numbers),
            6 => tokens[random.Next(tokens.Count)].Value,
            7 => "",
            8 => token.Value + token.Value,
            _ => isNumber ? random.Next(12).ToString(System.Globalization.CultureInfo.InvariantCulture) : char.ToUpperInvariant(token.Value[0]) + token.Value[1..],
        };
        return text.Remove(token.Index, token.Length).Insert(token.Index, other);
    }

    private string Line(string text)
    {
        var lines = text.Split('\n').ToList();
        var at = random.Next(lines.Count);
        switch (random.Next(6))
        {
            case 0:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.Insert(random.Next(lines.Count + 1), lines[at]);
                break;
            case 2:
                var to = random.Next(lines.Count);
                (lines[at], lines[to]) = (lines[to], lines[at]);
                break;
            case 3:
                lines[at] = (random.Next(3) == 0 ? "\t" : new string(' ', random.Next(1, 5))) + lines[at];
                break;
            case 4:
                lines[at] = lines[at].TrimStart();
                break;
            default:
                var donor = Any(Corpus.Seeds).Split('\n');
                lines.Insert(at, donor[random.Next(donor.Length)]);
                break;
        }
        return string.Join('\n', lines);
    }

    private string Structure(string text)
    {
        var tokens = Tokens().Matches(text);
        var at = tokens.Count == 0 ? 0 : tokens[random.Next(tokens.Count)].Index;
        return random.Next(7) switch
        {
            0 => text.Insert(at, Any(Snippets)),
            1 => text.Insert(at, new string(Any(["[", "{", "- ", "? ", "a: "])[0], random.Next(1, 40))),
            2 => text + $"variants:\n  {Any(Words)}: {{ change: {{ {Any(Words)}: {{ {Any(Words)}: {Any(Numbers)} }} }} }}\n",
            3 => text + $"{Any(Words)}: {Any(Words)}\n",
            4 => text.Replace("layers:\n", $"layers:\n  - {{ {Any(Words)}: {Any(Words)}, {Any(Words)}: {Any(Numbers)} }}\n", StringComparison.Ordinal),
            5 => text.Replace("layers:\n", $"layers:\n{string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(i => $"  - {{ relu: more{i} }}\n"))}", StringComparison.Ordinal),
            _ => text.Replace(Any(["conv1", "fc3", "relu1", "pool1", "Tiny", "Grid"]), Any(Words), StringComparison.Ordinal),
        };
    }

    private string Whole(string text) => random.Next(200) switch
    {
        < 40 => text.Replace("\n", "\r\n", StringComparison.Ordinal),
        < 50 => text.Replace('\n', '\r'),
        < 80 => '\uFEFF' + text,
        < 110 => text[..random.Next(text.Length + 1)],
        < 125 => text + text,
        < 135 => text.Replace("  ", "\t", StringComparison.Ordinal),
        < 140 => "",
        < 150 => string.Join('\n', text.Split('\n').Reverse()),
        < 160 => AliasBomb() + text,
        < 170 => text + $"summary: {new string('x', random.Next(3000))}\n",
        < 180 => new string(Any(["[", "{", "a", "\n", "- ", "\t", "\0"])[0], random.Next(1, 300_000)),
        < 190 => string.Concat(Enumerable.Range(0, random.Next(20_000)).Select(i => $"k{i}: {{ x: 1 }}\n")),
        < 196 => text.Replace("layers:\n", $"layers:\n{string.Concat(Enumerable.Range(0, random.Next(4000)).Select(i => $"  - {{ relu: more{i}, what: {i} }}\n"))}", StringComparison.Ordinal),
        _ => text.ToUpperInvariant(),
    };

    /// <summary>Nine levels that would unfold to 10⁹ items.</summary>
    private static string AliasBomb() =>
        "a: &a [x, x]\n" + string.Concat(Enumerable.Range(0, 9).Select(i => $"{(char)('b' + i)}: &{(char)('b' + i)} [{string.Join(", ", Enumerable.Repeat($"*{(char)('a' + i)}", 10))}]\n"));

    private T Any<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];

    [GeneratedRegex("[A-Za-z0-9_.-]+")]
    private static partial Regex Tokens();
}
