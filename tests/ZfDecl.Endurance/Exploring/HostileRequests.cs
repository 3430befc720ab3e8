using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace ZfDecl.Endurance.Exploring;

/// <summary>Requests that no page sends, as the bytes of a connection. The same seed makes the same one.</summary>
/// <param name="host">Where they are sent, such as <c>127.0.0.1:8000</c>.</param>
/// <param name="cookie">The cookie of a browser that was let in: most of them have got that far.</param>
public sealed class HostileRequests(string host, string cookie)
{
    private const string Look = "{\"subject\":{\"net\":0,\"image\":\"data:1\",\"view\":{\"zoom\":1.5,\"x\":2,\"y\":-1},\"edit\":{\"shift\":[1,2],\"rotate\":10,\"scale\":1.1,\"blur\":1,\"erase\":[[3,4,5]],\"occluder\":{\"y\":1,\"x\":2,\"size\":8}}},\"layer\":\"conv3\",\"map\":3,\"at\":[1,2],\"tile\":16,\"rules\":[\"deconv\"],\"size\":9,\"stride\":9}";

    private static readonly string[] Targets = ["look", "map", "project", "occlude", "affinity", "compare", "export", "upload", "board"];

    private static readonly string[] Paths =
    [
        "/../../etc/passwd", "/app/../../../../etc/passwd", "/app/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "/app/..%5c..%5cwindows", "/app//etc/passwd", "/app/%00", "/app/index.html%00.js", "/app/C:/x", "/app/.", "/app/",
        "/api/thumbnail/../../x", "/api/thumbnail/-1", "/api/thumbnail/99999999999999999999", "/api/thumbnail/1e3", "/api/thumbnail/%2e%2e", "/api/images?from=-1", "/api/images?count=1e99", "/api/images?text=%ff%fe",
        "/api/images?class=999999", "/api/strongest?layer=../x&map=0", "/api/strongest?layer=conv3&map=100000", "/api/strongest?net=7", "//", "/%", "/?token=", "/?token=../../x", "http://169.254.169.254/", "*", "/api/../api/network", "/" + new string('a', 3000),
    ];

    private static readonly string[] Values =
        ["null", "-1", "1e308", "-1e308", "1e999", "NaN", "\"NaN\"", "9223372036854775808", "0.0000001", "[]", "{}", "\"\"", "\"../../etc/passwd\"", "\"data:99999999\"", "\"own:../../x\"", "\"own:\"", "true", "[1,2,3,4,5,6,7,8]", "\"\\u0000\"", "\"" + "x\\u202e" + "\"", "[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]"];

    /// <summary>Makes one.</summary>
    /// <param name="seed">Which.</param>
    /// <returns>Its bytes, and whether it ends before it should, so that it is waited for.</returns>
    public (byte[] Bytes, bool IsHalfOpen) Of(int seed)
    {
        var random = new Random(seed);
        return random.Next(12) switch
        {
            0 => (Head("GET", Paths[random.Next(Paths.Length)], ""), false),
            1 => (Head(Pick(random, "GET", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "G\tT", ""), $"/api/{Pick(random, Targets)}", ""), false),
            2 => (Head("GET", "/api/network", $"X-Long: {new string('x', random.Next(40_000))}\r\n"), false),
            3 => (Head("GET", "/api/network", string.Concat(Enumerable.Range(0, random.Next(200)).Select(i => $"X-{i}: {i}\r\n"))), false),
            4 => (Encoding.Latin1.GetBytes($"GET /api/network HTTP/{Pick(random, "1.1", "1.0", "0.9", "2.0", "9.9")}\r\nHost: {Pick(random, "evil.example", "localhost.evil.example", "127.0.0.1.nip.io", "", "[::1", "0.0.0.0", "localhost:99999", "127.1", "a\u0000b")}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n"), false),
            5 => (Head("POST", "/api/look", $"Origin: {Pick(random, "http://evil.example", "null", "http://localhost:1", "https://" + host, "http://" + host + ".evil.example", "")}\r\n", Look), false),
            6 => (Head("POST", $"/api/{Pick(random, Targets)}", "", Mutated(random)), false),
            7 => (Head(random.Next(4) == 0 ? "PUT" : "POST", $"/api/{Pick(random, Targets)}", "", Broken(random)), false),
            8 => (Head("POST", "/api/upload", $"X-Zf-Name: {Pick(random, "../../x.png", "%2e%2e%2f", "%ZZ", new string('n', 5000), "/dev/zero", "a%00b")}\r\n", Bomb(random), "image/png"), false),
            9 => (Cut(random, Head("POST", "/api/look", "", Look)), true),
            10 => (Encoding.Latin1.GetBytes($"POST /api/look HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nContent-Type: application/json\r\nTransfer-Encoding: {Pick(random, "chunked", "chunked, chunked", "gzip", "identity")}\r\n\r\n{Pick(random, "ZZ\r\n", "FFFFFFFFFFFFFFFF\r\n", "5\r\nhello\r\n0\r\n\r\n", "5;" + new string('e', 9000) + "\r\n", "-1\r\n")}"), true),
            _ => (Noise(random), true),
        };
    }

    private static T Pick<T>(Random random, params T[] of) => of[random.Next(of.Length)];

    private byte[] Head(string method, string path, string headers, string body = "") => Head(method, path, headers, Encoding.UTF8.GetBytes(body));

    private byte[] Head(string method, string path, string headers, byte[] body, string type = "application/json") =>
    [
        .. Encoding.Latin1.GetBytes($"{method} {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nConnection: close\r\n{headers}{(body.Length > 0 ? $"Content-Type: {type}\r\nContent-Length: {body.Length}\r\n" : "")}\r\n"),
        .. body,
    ];

    /// <summary>A question with some of its values replaced.</summary>
    private static string Mutated(Random random)
    {
        var text = Look;
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            int[] starts = [.. Enumerable.Range(0, text.Length).Where(i => text[i] == ':')];
            var from = starts[random.Next(starts.Length)] + 1;
            var to = text.AsSpan(from).IndexOfAny(',', '}');
            text = string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, from)}{Pick(random, Values)}{(to < 0 ? "" : text.AsSpan(from + to))}");
        }
        return text;
    }

    private static byte[] Broken(Random random) => random.Next(5) switch
    {
        0 => Encoding.UTF8.GetBytes(new string('[', random.Next(100_000))),
        1 => Encoding.UTF8.GetBytes($"{{\"subject\":{new string('{', 500)}"),
        2 => Encoding.UTF8.GetBytes($"{{\"pins\":[{string.Join(',', Enumerable.Repeat("{\"id\":\"a\",\"state\":\"layer=conv3&map=1e9&at=..&image=own:../../x&erase=\",\"note\":null}", random.Next(2, 300)))}],\"format\":\"{Pick(random, "png", "../../x", "svg", "safetensors")}\"}}"),
        3 => Encoding.UTF8.GetBytes($"{{\"subject\":{{\"image\":\"data:1\",\"edit\":{{\"erase\":[{string.Join(',', Enumerable.Repeat("[1,2,3]", 20_000))}]}}}},\"layer\":\"conv3\"}}"),
        _ => Noise(random),
    };

    /// <summary>A picture that is none, or that would be huge.</summary>
    private static byte[] Bomb(Random random)
    {
        byte[] start = Pick<byte[]>(random, [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10], [0xFF, 0xD8, 0xFF, 0xE0], "GIF89a"u8.ToArray(), "BM"u8.ToArray(), "II*\0"u8.ToArray(), "RIFF"u8.ToArray(), "P6 99999 99999 255\n"u8.ToArray(), []);
        if (random.Next(3) == 0)
            return Png(Pick(random, 1, 30_000, 60_000, int.MaxValue), Pick(random, 0, 30_000, 60_000), random);
        return [.. start, .. Noise(random)];
    }

    /// <summary>A PNG whose header promises more than it has.</summary>
    private static byte[] Png(int width, int height, Random random)
    {
        using var zipped = new MemoryStream();
        using (var stream = new ZLibStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
            stream.Write(new byte[random.Next(100_000)]);
        return [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, .. Chunk("IHDR", [.. Big(width), .. Big(height), 8, 2, 0, 0, 0]), .. Chunk("IDAT", zipped.ToArray())];
    }

    private static byte[] Chunk(string name, byte[] data)
    {
        byte[] body = [.. Encoding.Latin1.GetBytes(name), .. data];
        return [.. Big(data.Length), .. body, .. Big((int)Crc(body))];
    }

    private static byte[] Big(int number) => [(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number];

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }
        return ~crc;
    }

    private static byte[] Cut(Random random, byte[] whole) => whole[..random.Next(1, whole.Length)];

    private static byte[] Noise(Random random)
    {
        var bytes = new byte[random.Next(1, 5000)];
        random.NextBytes(bytes);
        return bytes;
    }
}
