using System.Text;
using System.Text.RegularExpressions;

namespace ZfDecl.Endurance.Reading;

/// <summary>Changes a file in ways that a seed decides: its bytes, or its structure where it is a text: values, members, lines and fields.</summary>
/// <param name="random">What decides.</param>
internal sealed partial class Mutation(Random random)
{
    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1", "2147483648", "-2147483649", "9223372036854775808", "1e308", "1e309", "-0.0", "NaN", "\"\"", "\"x\"", "\"../../x\"", "\"\\ud800\"", "[]", "{}", "[null]", "[[[[]]]]", "{\"a\":null}", "'=1+1", "0.5", "99999999999999999999", "",
    ];

    /// <summary>A changed copy.</summary>
    public byte[] Of(byte[] whole)
    {
        var changed = whole;
        for (var times = random.Next(1, 4); times > 0; times--)
            changed = random.Next(3) == 0 ? Structure(changed) : Bytes(changed);
        return changed;
    }

    private byte[] Bytes(byte[] file)
    {
        if (file.Length == 0)
            return [(byte)random.Next(256)];
        // Headers, and what stands at the end, decide more than what lies between.
        var at = random.Next(4) switch { 0 => random.Next(Math.Min(file.Length, 64)), 1 => file.Length - 1 - random.Next(Math.Min(file.Length, 80)), _ => random.Next(file.Length) };
        var length = Math.Min(file.Length - at, 1 + random.Next(random.Next(2) == 0 ? 4 : 400));
        switch (random.Next(7))
        {
            case 0:
                return file[..at];
            case 1:
                return [.. file[..at], .. file[(at + length)..]];
            case 2:
                return [.. file[..at], .. file[at..(at + length)], .. file[at..]];
            case 3:
                var noise = new byte[length];
                random.NextBytes(noise);
                return [.. file[..at], .. noise, .. file[at..]];
            case 4:
                var blank = file.ToArray();
                blank.AsSpan(at, length).Fill((byte)(random.Next(2) * 255));
                return blank;
            default:
                var flipped = file.ToArray();
                flipped[at] ^= (byte)(1 << random.Next(8));
                return flipped;
        }
    }

    private byte[] Structure(byte[] file)
    {
        // The text of a file, be it the header of another: Latin-1 keeps all its bytes.
        var text = Encoding.Latin1.GetString(file);
        var tokens = (random.Next(3) switch { 0 => Members(), 1 => Lines(), _ => Scalars() }).Matches(text.Length > 20_000 ? text[..20_000] : text);
        if (tokens.Count == 0)
            return Bytes(file);
        var (one, other) = (tokens[random.Next(tokens.Count)], tokens[random.Next(tokens.Count)]);
        var put = random.Next(5) switch { 0 => "", 1 => one.Value + one.Value, 2 => other.Value, 3 => string.Concat(Enumerable.Repeat(one.Value, random.Next(1, 2000))), _ => Values[random.Next(Values.Length)] };
        return Encoding.Latin1.GetBytes(text[..one.Index] + put + text[(one.Index + one.Length)..]);
    }

    [GeneratedRegex("\"[^\"]*\": ?(?:\"[^\"]*\"|[-+.0-9A-Za-z]+|\\[[^\\]]*\\]|\\{[^}]*\\})")]
    private static partial Regex Members();

    [GeneratedRegex("[^\n]+\n")]
    private static partial Regex Lines();

    [GeneratedRegex("\"[^\"]*\"|[-+.0-9A-Za-z]+|\\[[^\\[\\]]*\\]|\\{[^{}]*\\}")]
    private static partial Regex Scalars();
}
