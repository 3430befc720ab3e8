using System.Security.Cryptography;
using ZfDecl.Explore.Problems;
using ZfDecl.Messages;

namespace ZfDecl.Explore.Exploring;

/// <summary>A picture that was handed over; never written to disk.</summary>
/// <param name="Id">What the page calls it.</param>
/// <param name="Name">What its user calls it; nothing is looked for under that name.</param>
/// <param name="Content">The bytes of its file.</param>
/// <param name="Width">Its columns.</param>
/// <param name="Height">Its rows.</param>
internal sealed record OwnPicture(string Id, string Name, byte[] Content, int Width, int Height);

/// <summary>The pictures that were handed over, the last ones of them. Safe for any number of threads.</summary>
/// <param name="most">Bytes of them that are kept.</param>
internal sealed class OwnPictures(long most)
{
    private const int IdBytes = 8;

    private readonly Lock gate = new();
    private readonly List<OwnPicture> kept = [];        // the newest last

    /// <summary>Keeps one; the oldest go where there are too many.</summary>
    public OwnPicture Add(string name, byte[] content, int width, int height)
    {
        var picture = new OwnPicture(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)), name, content, width, height);
        lock (gate)
        {
            kept.Add(picture);
            while (kept.Count > 1 && kept.Sum(one => (long)one.Content.Length) > most)
                kept.RemoveAt(0);
        }
        return picture;
    }

    /// <summary>Finds one.</summary>
    /// <exception cref="ZfDeclException">ZF1811: there is none of that name, or it is gone.</exception>
    public OwnPicture Find(string id)
    {
        lock (gate)
            return kept.Find(one => one.Id == id) ?? throw RequestErrors.NoImage("there is no such picture, or it was handed over too long ago; hand it over again");
    }
}
