using SkiaSharp;
using ZfDecl.Data.Batching;
using ZfDecl.Data.Decoding;
using ZfDecl.Data.Lists;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Search;

namespace ZfDecl.Analyses.Correspond;

/// <summary>Images with parts, as a network sees them.</summary>
/// <param name="Images">The images, in the order in which the file names them.</param>
/// <param name="Problems">What is wrong with the lines of the file, all of it, in order of line; nothing is measured where there are any.</param>
public sealed record PartImages(IReadOnlyList<ImageWithParts> Images, IReadOnlyList<PartProblem> Problems)
{
    /// <summary>Finds the images of a file of parts, and where the boxes come to lie in a network's input.</summary>
    /// <param name="file">The file.</param>
    /// <param name="images">The split in which images are looked up by number or name.</param>
    /// <param name="folders">The folders in which they are looked up as files, besides the file's own, and before the split; those that nobody has named are null.</param>
    /// <param name="preprocessor">Makes the network's inputs.</param>
    /// <param name="log">Is told of damaged images.</param>
    public static PartImages Find(PartsFile file, ImageSet images, IReadOnlyList<string?> folders, Preprocessor preprocessor, IRunLog log)
    {
        var (found, problems) = (new List<ImageWithParts>(), new List<PartProblem>(file.Problems));
        var namesOf = new Dictionary<string, string>(StringComparer.Ordinal);       // an image may be called in several ways
        var paths = new ListedPaths(file.Path, folders);
        foreach (var group in file.Boxes.GroupBy(box => box.Image, StringComparer.Ordinal))
        {
            var path = paths.Find(group.Key);
            var picture = File.Exists(path) ? FromFile(path, preprocessor, log, out var finding) : FromSet(group.Key, images, preprocessor, out finding);
            if (picture is null && path is null)
                problems.AddRange(group.Select(box => new PartProblem(box.Line, ListedPaths.Code, ListedPaths.Outside(group.Key))));
            else if (picture is null)
                problems.AddRange(group.Select(box => new PartProblem(box.Line, "ZF1441", finding!)));
            else if (!namesOf.TryAdd(picture.Identity, group.Key))
                problems.Add(new(group.First().Line, "ZF1443", $"'{group.Key}' is the same image as '{namesOf[picture.Identity]}'; call it by one name, since an image cannot be compared with itself"));
            else
                found.Add(PartsOf(group, picture, preprocessor, problems));
        }
        problems.AddRange(Incomparable(file));
        return new(found, [.. problems.OrderBy(problem => problem.Line)]);
    }

    private static IEnumerable<PartProblem> Incomparable(PartsFile file)
    {
        foreach (var part in file.Boxes.GroupBy(box => box.Part, StringComparer.Ordinal))
        {
            if (part.DistinctBy(box => box.Image, StringComparer.Ordinal).Count() < 2)
                yield return new(part.First().Line, "ZF1443", $"part '{part.Key}' is in one image only; a correspondence needs at least two");
            foreach (var again in part.GroupBy(box => box.Image, StringComparer.Ordinal).SelectMany(same => same.Skip(1)))
                yield return new(again.Line, "ZF1443", $"image '{again.Image}' has its part '{part.Key}' a second time; each part is in an image once");
        }
        if (file.Boxes.Count + file.Problems.Count == 0)
            yield return new(1, "ZF1443", "there is no part in this file");
    }

    private static FoundPicture? FromFile(string path, Preprocessor preprocessor, IRunLog log, out string? finding)
    {
        finding = ImageDecoder.Check(ImageFile.Of(path))?.Finding;
        if (finding is not null)
            return null;
        var decoded = new byte[preprocessor.Decoded.Count];
        new ImageDecoder(preprocessor.Decoded, preprocessor.Resizing, log).Decode(ImageFile.Of(path), decoded);
        var (width, height) = ImageDecoder.UprightSize(ImageFile.Of(path));
        return new(System.IO.Path.GetFullPath(path), decoded, width, height, ImageFit.Placement(width, height, preprocessor.Decoded, preprocessor.Resizing.Fit));
    }

    private static FoundPicture? FromSet(string name, ImageSet images, Preprocessor preprocessor, out string? finding)
    {
        (var found, finding) = ImageSelection.Find(images, name);
        if (found is not { } index)
        {
            finding += $": give a path, from the folder of this file or of the data, or a name or number of the split{(images.Count > 0 ? $", such as '{images.NameOf(0)}' or 0 … {images.Count - 1}" : "")}";
            return null;
        }
        return new($"#{index}", images.Read(index), preprocessor.Decoded.Width, preprocessor.Decoded.Height, SKMatrix.Identity);
    }

    private static ImageWithParts PartsOf(IGrouping<string, PartBox> boxes, FoundPicture picture, Preprocessor preprocessor, List<PartProblem> problems)
    {
        var input = preprocessor.Input;
        var parts = new Dictionary<string, PixelRegion>(StringComparer.Ordinal);
        foreach (var box in boxes)
        {
            var region = box.Region;
            if (region.Left + region.Width > picture.Width || region.Top + region.Height > picture.Height)
            {
                problems.Add(new(box.Line, "ZF1442", $"the box reaches to ({region.Left + region.Width}, {region.Top + region.Height}), and the image is {picture.Width} wide and {picture.Height} high"));
                continue;
            }
            var placed = InInput(region, picture.Placement, preprocessor.Centre);
            var visible = placed.ClipTo(input.Height, input.Width);
            if (2L * visible.Height * visible.Width < (long)placed.Height * placed.Width)
                problems.Add(new(box.Line, "ZF1442", $"more than half of the box lies outside of what the network sees of the image, {Visible(picture, preprocessor.Centre)}; leave this part out, choose another image, or write 'fit: pad' or 'fit: squash' into preprocess and train again"));
            else
                parts.TryAdd(box.Part, visible);
        }
        return new(boxes.Key, picture.Decoded, parts);
    }

    /// <summary>The rectangle of an image that lies in the network's input, in its own pixels, in words.</summary>
    private static string Visible(FoundPicture picture, PixelRegion centre)
    {
        var seen = picture.Placement.Invert().MapRect(SKRect.Create(centre.Left, centre.Top, centre.Width, centre.Height));
        var (left, top) = (Math.Max((int)Math.Round(seen.Left), 0), Math.Max((int)Math.Round(seen.Top), 0));
        var (right, bottom) = (Math.Min((int)Math.Round(seen.Right), picture.Width), Math.Min((int)Math.Round(seen.Bottom), picture.Height));
        return $"columns {left} … {right - 1} and rows {top} … {bottom - 1} of its {picture.Width}×{picture.Height} pixels";
    }

    /// <summary>A box in the network's input: its edges on the nearest pixels, at least one pixel each way.</summary>
    private static PixelRegion InInput(PixelRegion box, SKMatrix placement, PixelRegion centre)
    {
        var placed = placement.MapRect(SKRect.Create(box.Left, box.Top, box.Width, box.Height));
        var (left, top) = ((int)MathF.Round(placed.Left), (int)MathF.Round(placed.Top));
        var (width, height) = (Math.Max(1, (int)MathF.Round(placed.Right) - left), Math.Max(1, (int)MathF.Round(placed.Bottom) - top));
        return new(top - centre.Top, left - centre.Left, height, width);
    }

    /// <param name="Identity">What no other image has.</param>
    /// <param name="Decoded">[C, h, w] of the decoded shape.</param>
    /// <param name="Width">Of the image itself.</param>
    /// <param name="Height">Of the image itself.</param>
    /// <param name="Placement">Where its pixels lie in the decoded image.</param>
    private sealed record FoundPicture(string Identity, byte[] Decoded, int Width, int Height, SKMatrix Placement);
}
