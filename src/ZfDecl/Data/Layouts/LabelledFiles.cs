using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ZfDecl.Data.Decoding;
using ZfDecl.Data.Folders;
using ZfDecl.Data.Lists;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;

namespace ZfDecl.Data.Layouts;

/// <summary>Images in files of their own whose classes are known, however they were found.</summary>
internal static class LabelledFiles
{
    private const int NamesShown = 5;
    private const int UndecodableShown = 20;

    /// <summary>Checks that the images can be read, and splits them where that has not been done.</summary>
    /// <param name="found">The images.</param>
    /// <param name="request">The shape that they are read in, and which are set aside to validate with, where none are given.</param>
    /// <exception cref="ZfDeclException">There is no image to validate with, or too many cannot be read (ZF1122, ZF1124, ZF113x).</exception>
    public static ImageData Open(FoundImages found, DataRequest request)
    {
        var (split, log) = (request.Split, request.Log);
        WarnOfUndecodable(found, log);
        var train = ReadableImages.Of(found.Train, log);
        var validation = found.Validation is { } given ? OfTrained(found.Train, given, log) : [];
        if (found.Validation is null)
        {
            var (kept, aside) = split.Of(Array.ConvertAll(train, file => (file.Name, file.Class)));
            (train, validation) = (Array.ConvertAll(kept, image => train[image]), Array.ConvertAll(aside, image => train[image]));
        }
        if (validation.Length == 0)
            throw new ZfDeclException("ZF1124", "there is no image to validate with: each class has just one; add images", found.Path);
        if (found.Validation is null)
            WarnOfSingle(train, validation, found.Path, log);
        var test = found.Test is { } heldOut ? HeldOut(found, heldOut, log) : null;
        if (test is not null && found.Validation is null)
            log.Say($"there is a part to train on and one to test, so {split}, of the training images validates, and the {Quantity.Of(test.Length, "test image stays", "test images stay")} apart: `evaluate split=test` measures them");

        var classes = train.Select(file => file.Class).Distinct().Order(NaturalOrder.Names).ToArray();
        var names = found.Called is { } called ? Array.ConvertAll(classes, name => called(name)) : classes;
        WarnOfAlike(classes, found.Path, log);
        var decoder = new ImageDecoder(request.Decoded, request.Resizing, log);
        return new(
            Set(train),
            Set(validation),
            Hash(train, validation),
            $"{found.Kind}: {train.Length} training images, {validation.Length} validation images "
            + $"({(found.Validation is null ? $"{split}" : $"from {found.ValidationFrom}")}), {(test is null ? "" : $"{test.Length} test images held out (from {found.TestFrom}), ")}{classes.Length} classes")
        {
            Test = test is null ? null : Set(test),
            IsSortedByName = true,
            ValidatesOfTrain = found.Validation is null,
        };

        FileImageSet Set(ImageFile[] files) => new(files, classes, names, decoder);
    }

    /// <summary>Warns of the files and folders whose names are not UTF-8: nobody can open them.</summary>
    private static void WarnOfUndecodable(FoundImages found, IRunLog log)
    {
        string[] names = [.. ((ClassTree?[])[found.Train, found.Validation, found.Test]).SelectMany(tree => tree?.Undecodable ?? [])];
        if (names.Length > 0)
            log.Warn("ZF1138", $"{Quantity.Of(names.Length, "file or folder whose name is not UTF-8 is", "files and folders whose names are not UTF-8 are")} left out: {string.Join(", ", names.Take(UndecodableShown))}"
                + $"{(names.Length > UndecodableShown ? $" and {names.Length - UndecodableShown} more" : "")}; rename them, for example with convmv -f latin1 -t utf8 -r", found.Path);
    }

    /// <summary>Warns of classes that a person would call the same.</summary>
    private static void WarnOfAlike(string[] classes, string position, IRunLog log)
    {
        string[] alike = [.. classes.GroupBy(AlikeNames.Key).Where(same => same.Count() > 1).Select(same => string.Join(" and ", same.Select(name => $"'{name}'")))];
        if (alike.Length > 0)
            log.Warn("ZF1145", $"classes whose names differ in case, blanks or the writing of accents alone are classes of their own: {string.Join(", ", alike.Take(NamesShown))}{(alike.Length > NamesShown ? " …" : "")}; where one is meant, give them one name", position);
    }

    /// <summary>Warns of the classes whose only image is trained on.</summary>
    private static void WarnOfSingle(ImageFile[] train, ImageFile[] validation, string position, IRunLog log)
    {
        string[] single = [.. train.CountBy(file => file.Class).Where(ofClass => ofClass.Value == 1).Select(ofClass => ofClass.Key).Except(validation.Select(file => file.Class)).Order(NaturalOrder.Names)];
        if (single.Length > 0)
            log.Warn("ZF1121", $"{Quantity.Of(single.Length, "class has", "classes have")} just one image, which is trained on, so that none validates: {Some(single)}; add images", position);
    }

    private static ImageFile[] OfTrained(ClassTree train, ClassTree validation, IRunLog log)
    {
        var classes = train.Files.Select(file => file.Class).ToHashSet();
        var seen = validation.Files.Select(file => file.Class).ToHashSet();
        if (validation.Files.FirstOrDefault(file => !classes.Contains(file.Class)) is { } stray)
            throw new ZfDeclException("ZF1122", $"class '{stray.Class}' has validation images but no training images in {train.Root}; "
                + "give the classes of both the same names", validation.Root);
        foreach (var name in classes.Except(seen).Order(NaturalOrder.Names))
            log.Warn("ZF1121", $"class '{name}' has no validation images", validation.Root);
        return ReadableImages.Of(validation, log);
    }

    /// <summary>The test images of the classes that are trained; null where there are none, which is said.</summary>
    private static ImageFile[]? HeldOut(FoundImages found, ClassTree test, IRunLog log)
    {
        var classes = found.Train.Files.Select(file => file.Class).ToHashSet();
        ImageFile[] known = [.. test.Files.Where(file => classes.Contains(file.Class))], strays = [.. test.Files.Except(known)];
        var left = test.Outside + strays.Length;
        if (known.Length == 0)
        {
            log.Say($"the test part ({found.TestFrom}) {(left == 0 ? "is empty" : $"holds {Quantity.Of(left, "image")}, none of a class that is trained")}, so it is left alone");
            return null;
        }
        if (test.Outside > 0)
            log.Warn("ZF1164", $"{Quantity.Of(test.Outside, "test image has no class and is", "test images have no class and are")} left out", test.Root);
        if (strays.Length > 0)
        {
            string[] others = [.. strays.Select(file => file.Class).Distinct().Order(NaturalOrder.Names)];
            log.Warn("ZF1164", $"{Quantity.Of(strays.Length, "test image is", "test images are")} left out, because there are no training images of {Quantity.Of(others.Length, "class", "classes")}: {Some(others)}", test.Root);
        }
        return ReadableImages.Of(test with { Files = known }, log);
    }

    private static string Some(string[] names) => string.Join(", ", names.Take(NamesShown)) + (names.Length > NamesShown ? " …" : "");

    // What is held out takes no part in a training, so other test images are not other data.
    private static string Hash(ImageFile[] train, ImageFile[] validation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (split, files) in (ReadOnlySpan<(string, ImageFile[])>)[("train", train), ("validation", validation)])
        {
            foreach (var file in files)
                hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{split}\0{file.Name}\0{file.Length}\n")));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
