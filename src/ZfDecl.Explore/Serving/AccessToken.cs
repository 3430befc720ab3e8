using System.Security.Cryptography;
using System.Text;

namespace ZfDecl.Explore.Serving;

/// <summary>
/// What tells the browser of whoever has started the program from any other program on the machine: it stands in the first address, and in a cookie from then on. Made anew each time.
/// </summary>
internal sealed class AccessToken
{
    private const int Bytes = 32;

    private readonly Lock gate = new();
    private string? once;

    /// <summary>The token, as it stands in an address.</summary>
    public string Text { get; } = Random(Bytes);

    /// <summary>The name of the cookie: cookies are shared by all ports of a machine, and several programs may run side by side.</summary>
    public string Cookie { get; } = $"zfdecl-{Random(4)}";

    /// <summary>Makes a token that is let in once: an address that is handed to a browser is seen by all who may see the machine's processes.</summary>
    public string MakeForOnce()
    {
        lock (gate)
            return once = Random(Bytes);
    }

    /// <summary>Whether an address has it, or the one that is let in once.</summary>
    public bool Admits(string? given)
    {
        if (Is(given))
            return true;
        lock (gate)
        {
            if (once is null || !Same(given, once))
                return false;
            once = null;
            return true;
        }
    }

    /// <summary>Whether somebody has it; how long that takes does not tell how much of it was right.</summary>
    public bool Is(string? given) => Same(given, Text);

    private static bool Same(string? given, string token) => given is not null && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static string Random(int bytes) => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(bytes));
}
