namespace ZfDecl.Interchange.Tests;

/// <summary>Files with damaged bytes.</summary>
internal static class Damage
{
    /// <summary>A changed copy: bytes, bits, a part cut out, the end cut off.</summary>
    public static byte[] Of(byte[] whole, Random random)
    {
        var bytes = whole.ToArray();
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(bytes.Length);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes = bytes[..Math.Max(1, at)];
                    break;
                case 3:
                    bytes = [.. bytes[..at], .. bytes[random.Next(bytes.Length)..]];
                    break;
                case 4:
                    bytes.AsSpan(at, Math.Min(random.Next(1, 10), bytes.Length - at)).Fill(0xff);
                    break;
                default:
                    (bytes[at], bytes[random.Next(bytes.Length)]) = (bytes[random.Next(bytes.Length)], bytes[at]);
                    break;
            }
        }
        return bytes;
    }
}
