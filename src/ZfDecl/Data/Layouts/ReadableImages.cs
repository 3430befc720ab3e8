using ZfDecl.Data.Decoding;
using ZfDecl.Data.Folders;
using ZfDecl.Messages;

namespace ZfDecl.Data.Layouts;

/// <summary>Leaves out the image files that cannot be read.</summary>
internal static class ReadableImages
{
    private const int WarningsShown = 20;
    private const int NamesShown = 3;
    private const int KindNamesShown = 20;

    /// <summary>Reads the header of each file, in parallel, and warns of those that are left out.</summary>
    /// <returns>The readable files, in the same order.</returns>
    /// <exception cref="ZfDeclException">More than 5 % are damaged, or none of a class can be read (ZF1132). What is of a kind that is not supported is no damage.</exception>
    public static ImageFile[] Of(ClassTree tree, IRunLog log)
    {
        var files = tree.Files;
        var problems = Check(files, log);
        var unread = Enumerable.Range(0, files.Length).Where(i => problems[i] is not null).ToArray();
        if (unread.Length == 0)
            return files;

        int[] damaged = [.. unread.Where(i => problems[i]!.Kind is null)];
        if (damaged.Length * 20 > files.Length)
        {
            var first = string.Join(", ", damaged.Take(NamesShown).Select(i => $"{files[i].Name} ({problems[i]!.Finding})"));
            throw new ZfDeclException("ZF1132", $"{damaged.Length} of {files.Length} images cannot be read, more than 5 %: {first} …; replace or delete them", files[damaged[0]].Place);
        }
        if (unread.GroupBy(i => files[i].Class).FirstOrDefault(lost => lost.Count() == files.Count(file => file.Class == lost.Key)) is { } lost)
            throw new ZfDeclException("ZF1132", $"none of the {lost.Count()} images of class '{lost.Key}' can be read: {files[lost.First()].Name} "
                + $"({problems[lost.First()]!.Finding}) …; replace them or delete the class", files[lost.First()].Place);

        return Kept(files, problems, tree.Root, log);
    }

    /// <summary>Warns of the files that something is wrong with.</summary>
    /// <param name="files">The files.</param>
    /// <param name="problems">What is wrong with each, as of <see cref="Check"/>.</param>
    /// <param name="root">What they were found in, for warnings of several.</param>
    /// <param name="log">Is warned.</param>
    /// <returns>The others, in the same order.</returns>
    public static ImageFile[] Kept(ImageFile[] files, ImageProblem?[] problems, string root, IRunLog log)
    {
        int[] unread = [.. Enumerable.Range(0, files.Length).Where(i => problems[i] is not null)], damaged = [.. unread.Where(i => problems[i]!.Kind is null)];
        foreach (var i in damaged.Take(WarningsShown))
            log.Warn(problems[i]!.Code, $"image left out: {problems[i]!.Finding}", files[i].Place);
        if (damaged.Length > WarningsShown)
            log.Warn("ZF1130", $"{damaged.Length - WarningsShown} more images that cannot be read are left out", root);
        foreach (var kind in unread.Where(i => problems[i]!.Kind is not null).GroupBy(i => problems[i]!.Kind!))
            WarnOfKind(kind.Key, [.. kind.Select(i => files[i].Name)], root, log);
        return [.. files.Where((_, i) => problems[i] is null)];
    }

    private static void WarnOfKind(string kind, string[] names, string root, IRunLog log) =>
        log.Warn(ImageProblem.NotSupported, $"{Quantity.Of(names.Length, "picture is", "pictures are")} left out as {kind} is not supported: convert {(names.Length == 1 ? "it" : "them")} to PNG or JPEG "
            + $"({string.Join(", ", names.Take(KindNamesShown))}{(names.Length > KindNamesShown ? $" and {names.Length - KindNamesShown} more" : "")})", root);

    /// <summary>What is wrong with each file as far as its header tells; null where nothing is.</summary>
    /// <param name="files">The files, which are looked at in parallel.</param>
    /// <param name="log">Shows the progress.</param>
    public static ImageProblem?[] Check(ImageFile[] files, IRunLog log)
    {
        const int Step = 64;
        var problems = new ImageProblem?[files.Length];
        using var bar = log.Start("checking the images", files.Length, "images");
        Concurrently.For((files.Length + Step - 1) / Step, () => bar, (step, _) =>
        {
            var end = Math.Min((step + 1) * Step, files.Length);
            for (var i = step * Step; i < end; i++)
                problems[i] = ImageDecoder.Check(files[i]);
            lock (problems)
                bar.Advance(end - step * Step);
        }, _ => { });
        return problems;
    }
}
