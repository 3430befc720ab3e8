namespace ZfDecl.Tests;

/// <summary>Ways in which a file gets damaged.</summary>
internal static class Damage
{
    /// <summary>The content of a file after a damage that a seed decides: one in three times it is truncated, else bytes are changed, or a part is missing and another added.</summary>
    public static byte[] Of(byte[] whole, int seed)
    {
        var random = new Random(seed);
        switch (seed % 3)
        {
            case 0:
                return whole[..(seed == 0 ? 0 : random.Next(whole.Length))];
            case 1:
                var flipped = whole.ToArray();
                for (var i = random.Next(1, 9); i > 0; i--)
                    flipped[random.Next(seed % 2 == 0 ? flipped.Length : Math.Min(flipped.Length, 64))] ^= (byte)random.Next(1, 256);
                return flipped;
            default:
                var cut = random.Next(whole.Length);
                return [.. whole[..cut], .. whole[random.Next(cut, whole.Length)..], .. whole[..random.Next(Math.Min(9, whole.Length))]];
        }
    }
}
