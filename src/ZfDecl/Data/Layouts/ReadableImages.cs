using ZfDecl.Data.Decoding;
using ZfDecl.Messages;

namespace ZfDecl.Data.Layouts;

/// <summary>Leaves out the image files that cannot be read.</summary>
internal static class ReadableImages
{
    private const int WarningsShown = 20;
    private const int NamesShown = 3;

    /// <summary>Reads the header of each file, in parallel, and warns of those that are left out.</summary>
    /// <returns>The readable files, in the same order.</returns>
    /// <exception cref="ZfDeclException">More than 5 % are unreadable, or all of a class (ZF1132).</exception>
    public static ImageFile[] Of(ClassTree tree, IRunLog log)
    {
        var files = tree.Files;
        var problems = Check(files, log);
        var bad = Enumerable.Range(0, files.Length).Where(i => problems[i] is not null).ToArray();
        if (bad.Length == 0)
            return files;

        var first = string.Join(", ", bad.Take(NamesShown).Select(i => $"{files[i].Name} ({problems[i]!.Finding})"));
        if (bad.Length * 20 > files.Length)
            throw new ZfDeclException("ZF1132", $"{bad.Length} of {files.Length} images cannot be read, more than 5 %: "
                + $"{first} …; replace or delete them", files[bad[0]].Path);
        if (bad.GroupBy(i => files[i].Class).FirstOrDefault(unread => unread.Count() == files.Count(file => file.Class == unread.Key)) is { } lost)
            throw new ZfDeclException("ZF1132", $"none of the {lost.Count()} images of class '{lost.Key}' can be read: {files[lost.First()].Name} "
                + $"({problems[lost.First()]!.Finding}) …; replace them or delete the class", files[lost.First()].Path);

        foreach (var i in bad.Take(WarningsShown))
            log.Warn(problems[i]!.Code, $"image left out: {problems[i]!.Finding}", files[i].Path);
        if (bad.Length > WarningsShown)
            log.Warn("ZF1130", $"{bad.Length - WarningsShown} more images that cannot be read are left out", tree.Root);
        return [.. files.Where((_, i) => problems[i] is null)];
    }

    private static ImageProblem?[] Check(ImageFile[] files, IRunLog log)
    {
        const int Step = 64;
        var problems = new ImageProblem?[files.Length];
        using var bar = log.Start("checking the images", files.Length, "images");
        Concurrently.For((files.Length + Step - 1) / Step, () => bar, (step, _) =>
        {
            var end = Math.Min((step + 1) * Step, files.Length);
            for (var i = step * Step; i < end; i++)
                problems[i] = ImageDecoder.Check(files[i].Path);
            lock (problems)
                bar.Advance(end - step * Step);
        }, _ => { });
        return problems;
    }
}
