using System.Globalization;
using ZfDecl.Cli.Opening;
using ZfDecl.Data.Decoding;
using ZfDecl.Data.Sets;
using ZfDecl.Explore.Problems;
using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Explore.Exploring;

/// <summary>All that is looked at: a run, maybe another one beside it, and the images. What computes is called by one thread at a time.</summary>
/// <param name="opened">The run with its data; owned from here on.</param>
/// <param name="own">Pictures that were handed over.</param>
internal sealed class Explored(OpenedRun opened, OwnPictures own) : IDisposable
{
    private const string OfData = "data:", OfOwn = "own:";
    private const int MostDecoded = 4, MostEnlarged = 4;

    private volatile ExploredNet[] nets = [new(opened)];       // replaced as a whole: several threads read it
    private readonly RecentlyUsed<string, byte[]> decoded = new(MostDecoded);

    /// <summary>The run with its data.</summary>
    public OpenedRun Opened => opened;

    /// <summary>The images of the split that is looked at.</summary>
    public ImageSet Images { get; } = opened.Images;

    /// <summary>Pictures that were handed over.</summary>
    public OwnPictures Own => own;

    /// <summary>The run, and the one that it is compared with where there is one.</summary>
    public IReadOnlyList<ExploredNet> Nets => nets;

    /// <summary>One of the runs.</summary>
    /// <exception cref="ZfDeclException">ZF1816: there is no second one.</exception>
    public ExploredNet Net(int number) => number >= 0 && number < nets.Length ? nets[number] : throw RequestErrors.NotHere("there is no run beside this one; choose one to compare with");

    /// <summary>Looks at another run beside the first.</summary>
    /// <param name="other">The run; owned from here on.</param>
    public void Compare(ExploredNet other)
    {
        var before = nets;
        nets = [before[0], other];
        foreach (var gone in before.Skip(1))
            gone.Dispose();
    }

    /// <summary>An image as a network sees it, recorded.</summary>
    /// <param name="subject">What is looked at.</param>
    /// <param name="isCovered">Whether the square of the subject covers it.</param>
    /// <exception cref="ZfDeclException">ZF1811: there is no such image; ZF1810: a number is out of range; ZF1803, ZF1816: there is no such network.</exception>
    public LiveImage Image(Subject? subject, bool isCovered = true)
    {
        if (subject?.Image is null)
            throw RequestErrors.Unreadable("a request names what it looks at: subject.image, such as data:17");
        var net = Net(subject.Net);
        return net.Image(subject, isCovered, () => Decoded(subject, net));
    }

    /// <summary>The position of an image of the split.</summary>
    /// <param name="image">Such as <c>data:17</c>.</param>
    /// <returns>Null where it is a picture that was handed over.</returns>
    /// <exception cref="ZfDeclException">ZF1811: there is no such image.</exception>
    public int? IndexOf(string image)
    {
        if (image.StartsWith(OfOwn, StringComparison.Ordinal))
            return null;
        return image.StartsWith(OfData, StringComparison.Ordinal) && int.TryParse(image.AsSpan(OfData.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < Images.Count
            ? index
            : throw RequestErrors.NoImage($"there is no such image; those of this split are {OfData}0 … {OfData}{Images.Count - 1}");
    }

    /// <summary>What people call the image that is looked at.</summary>
    public string NameIn(Subject subject) => IndexOf(subject.Image!) is { } index ? Images.NameOf(index) : own.Find(subject.Image![OfOwn.Length..]).Name;

    /// <summary>What an image of the split is called by the page.</summary>
    public static string NameOf(int index) => string.Create(CultureInfo.InvariantCulture, $"{OfData}{index}");

    /// <summary>What a picture that was handed over is called by the page.</summary>
    public static string NameOf(OwnPicture picture) => OfOwn + picture.Id;

    public void Dispose()
    {
        foreach (var net in nets.Reverse())
            net.Dispose();
    }

    private (byte[] Pixels, FeatureShape Shape) Decoded(Subject subject, ExploredNet net)
    {
        var wanted = net.Preprocessor.Decoded;
        if (IndexOf(subject.Image!) is { } index)
            return (Images.Shape.Maps == wanted.Maps ? Images.Read(index) : ChannelCount.Adapt(Images.Read(index), Images.Shape.Maps, wanted.Maps), Images.Shape with { Maps = wanted.Maps });
        var picture = own.Find(subject.Image![OfOwn.Length..]);
        // Of a part that is enlarged the picture has more to show.
        var times = (int)Math.Clamp(Math.Ceiling(subject.View?.Zoom ?? 1), 1, MostEnlarged);
        var shape = times == 1 ? wanted : wanted with { Height = times * wanted.Height, Width = times * wanted.Width };
        return (decoded.Get($"{picture.Id}/{shape}/{subject.Net}", () => PictureFile.Read(picture.Content, shape, new SilentLog(), net.Preprocessor.Resizing)), shape);
    }
}
