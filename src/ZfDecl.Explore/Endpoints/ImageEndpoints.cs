using System.Globalization;
using Microsoft.AspNetCore.Http;
using SkiaSharp;
using ZfDecl.Analyses.Evaluate;
using ZfDecl.Data.Decoding;
using ZfDecl.Explore.Computing;
using ZfDecl.Explore.Exploring;
using ZfDecl.Explore.Problems;
using ZfDecl.Explore.Serving;
using ZfDecl.Imaging;
using ZfDecl.Messages;

namespace ZfDecl.Explore.Endpoints;

/// <summary>The images of the split, their thumbnails, and pictures that are handed over.</summary>
internal sealed class ImageEndpoints(Explored explored, Worker worker, ExploreLimits limits)
{
    private const int MostListed = 500, LongestName = 200, LongestSearch = 200;
    private const string NameHeader = "X-Zf-Name";

    private readonly Allowance uploads = new(limits.Uploads, perSecond: 1, TimeProvider.System);

    /// <summary>The images that the run's evaluation has found misclassified, by their indices with what they were taken for; null where these images were not evaluated.</summary>
    public IReadOnlyDictionary<int, int>? Misclassified { get; } = ReadMisclassified(explored);

    /// <summary>Lists images: of a class, called so, taken for another class.</summary>
    public Task List(HttpContext context, CancellationToken token)
    {
        var query = context.Request.Query;
        var (from, count) = (Number(query, "from") ?? 0, Math.Min(Number(query, "count") ?? 60, MostListed));
        var found = Found(query);
        return Answers.Write(context, new { Total = found.Length, Items = found.Skip(from).Take(count).Select(Item) });
    }

    /// <summary>Draws one of them by chance.</summary>
    public Task Draw(HttpContext context, CancellationToken token)
    {
        var found = Found(context.Request.Query);
        return found.Length == 0 ? throw RequestErrors.NoImage("there is no such image") : Answers.Write(context, Item(found[Random.Shared.Next(found.Length)]));
    }

    private int[] Found(IQueryCollection query)
    {
        var (images, label, taken, text, wrong) = (explored.Images, Number(query, "class"), Number(query, "as"), (string?)query["text"], query["wrong"] == "1");
        if (text?.Length > LongestSearch)
            throw RequestErrors.Unreadable($"a search has at most {LongestSearch} letters");
        return
        [
            .. (wrong || taken is not null ? Misclassified?.Keys.Order() ?? Enumerable.Empty<int>() : Enumerable.Range(0, images.Count)).Where(index => (label is null || images.Label(index) == label)
                && (taken is null || Misclassified![index] == taken)
                && (string.IsNullOrEmpty(text) || images.NameOf(index).Contains(text, StringComparison.OrdinalIgnoreCase) || images.ClassOf(index).Contains(text, StringComparison.OrdinalIgnoreCase))),
        ];
    }

    /// <summary>Shows one of them as it is decoded.</summary>
    /// <param name="context">The request.</param>
    /// <param name="number">Its index in the split.</param>
    /// <param name="token">Says that nobody waits for it.</param>
    public Task Thumbnail(HttpContext context, string number, CancellationToken token)
    {
        var index = explored.IndexOf($"data:{number}")!.Value;
        using var image = PixelImage.Of(explored.Images.Read(index), explored.Images.Shape);
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        context.Response.Headers.CacheControl = "private, max-age=86400";
        return Answers.Write(context, png.ToArray(), "image/png");
    }

    /// <summary>Takes a picture that is handed over.</summary>
    public async Task Take(HttpContext context, CancellationToken token)
    {
        if (!uploads.TryTake())
            throw RequestErrors.TooMany("too many pictures were handed over; wait a second");
        var bytes = await RequestBody.Bytes(context, limits.UploadBytes).ConfigureAwait(false);
        var name = Uri.UnescapeDataString(context.Request.Headers[NameHeader] is [{ } given, ..] ? given : "picture");
        name = new([.. name.Where(letter => !char.IsControl(letter)).Take(LongestName)]);
        var picture = await worker.Run(() => Decode(name, bytes), token).ConfigureAwait(false);
        await Answers.Write(context, new { Image = Explored.NameOf(picture), picture.Name, picture.Width, picture.Height }).ConfigureAwait(false);
    }

    private OwnPicture Decode(string name, byte[] bytes)
    {
        var (width, height) = PictureFile.SizeOf(bytes);
        if ((long)width * height > limits.Pixels)
            throw RequestErrors.TooLarge($"the picture has {width}×{height} pixels; at most {limits.Pixels / 1_000_000} megapixels are allowed: scale it down");
        var preprocessor = explored.Opened.Preprocessor;
        _ = PictureFile.Read(bytes, preprocessor.Decoded, new SilentLog(), preprocessor.Resizing);      // what is no picture is found out now
        return explored.Own.Add(name.Length == 0 ? "picture" : name, bytes, width, height);
    }

    private object Item(int index) => new
    {
        Image = Explored.NameOf(index),
        Name = explored.Images.NameOf(index),
        Label = explored.Images.Label(index) is >= 0 and var label ? label : (int?)null,
        Class = explored.Images.ClassOf(index),
        Predicted = Misclassified?.TryGetValue(index, out var taken) == true ? taken : (int?)null,
    };

    private static Dictionary<int, int>? ReadMisclassified(Explored explored)
    {
        try
        {
            string[] classes = [.. explored.Nets[0].Classes];
            return EvaluationFiles.Misclassified(explored.Opened.Source.Evaluation, explored.Images)?.DistinctBy(one => one.Image).ToDictionary(one => one.Image, one => Array.IndexOf(classes, one.Predicted));
        }
        catch (ZfDeclException)
        {
            return null;        // damaged: as if nothing had been evaluated
        }
    }

    private static int? Number(IQueryCollection query, string name) => query[name] is [{ Length: > 0 } text]
        ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw RequestErrors.Unreadable($"'{name}' is no number")
        : null;
}
