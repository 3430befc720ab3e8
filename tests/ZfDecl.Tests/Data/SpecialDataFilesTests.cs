using System.Formats.Tar;
using ZfDecl.Data.Layouts;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;

namespace ZfDecl.Tests.Data;

/// <summary>What is no regular file in place of a file of data: a pipe would be waited for, a device read without end. And a file that is far larger than its kind ever is.</summary>
public class SpecialDataFilesTests
{
    private const long TooLargeForText = (128L << 20) + 1, TooLargeForList = (512L << 20) + 1, TooLargeForPickle = (1L << 30) + 1, TooLargeForArray = (1L << 31) + 1;

    // The length of CIFAR's binary files says how many images there are.
    private static readonly string[] Refused = ["ZF1144", "ZF1141"], RefusedAsLarge = ["ZF1222", "ZF1141"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>A file of each kind of data that is read, and the bytes that are too many for it; 0 where pixels are read from it as they are asked for.</summary>
    public static TheoryData<string, string, long> Files => new()
    {
        { "idx", "train-images-idx3-ubyte", TooLargeForArray },
        { "idx", "t10k-labels-idx1-ubyte", TooLargeForArray },
        { "idx", "classes.txt", TooLargeForText },
        { "emnist", "emnist-letters-mapping.txt", TooLargeForText },
        { "cifar", "data_batch_1.bin", TooLargeForArray },
        { "cifar", "batches.meta.txt", TooLargeForText },
        { "cifar-python", "data_batch_1", TooLargeForPickle },
        { "cifar-python", "batches.meta", TooLargeForPickle },
        { "voc", "VOCdevkit/VOC2012/ImageSets/Main/dog_val.txt", TooLargeForText },
        { "list", "images.csv", TooLargeForList },
        { "list", "train.txt", TooLargeForList },
        { "archive", "pets.tar", 0 },
        { "imagenet", "val.txt", TooLargeForText },
        { "imagenet", "synset_words.txt", TooLargeForText },
        { "imagenet", "val_annotations.txt", TooLargeForText },
        { "imagenet", "LOC_val_solution.csv", TooLargeForText },
        { "imagenet", "ILSVRC2012_devkit_t12/data/ILSVRC2012_validation_ground_truth.txt", TooLargeForText },
        { "imagenet-devkit", "ILSVRC2012_devkit_t12/data/meta.mat", TooLargeForText },
    };

    [UnixTheory]
    [MemberData(nameof(Files))]
    public async Task APipeAndADeviceAreRefusedByName(string layout, string file, long _)
    {
        using var pipe = Of(layout);
        Shell.Run($"rm -f '{pipe[file]}'; mkfifo '{pipe[file]}'");
        Assert.Contains(await Refusal(pipe, layout, file), Refused);
        using var device = Of(layout);
        Shell.Run($"ln -sf /dev/zero '{device[file]}'");
        Assert.Contains(await Refusal(device, layout, file), Refused);
    }

    [UnixTheory]
    [MemberData(nameof(Files))]
    public async Task WhatIsFarTooLargeIsRefusedBeforeItIsRead(string layout, string file, long bytes)
    {
        using var folder = Of(layout);
        if (bytes == 0)
            return;
        File.Delete(folder[file]);
        using (var sparse = File.Create(folder[file]))
            sparse.SetLength(bytes);
        var before = GC.GetTotalAllocatedBytes();
        Assert.Contains(await Refusal(folder, layout, file), RefusedAsLarge);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 64 << 20);
    }

    [UnixTheory]
    [InlineData("idx", "train-images-idx3-ubyte")]
    [InlineData("cifar", "data_batch_1.bin")]
    [InlineData("cifar-python", "data_batch_1")]
    [InlineData("voc", "VOCdevkit/VOC2012/JPEGImages/2008_000001.jpg")]
    [InlineData("list", "a/0.png")]
    [InlineData("archive", "pets.tar")]
    [InlineData("imagenet", "train/n01440764/0.png")]
    public void ALinkedFileIsReadAsTheFileThatItLeadsTo(string layout, string file)
    {
        using var folder = Of(layout);
        using var elsewhere = new TemporaryFolder();
        using var plain = Open(folder, layout);
        File.Move(folder[file], elsewhere["file"]);
        File.CreateSymbolicLink(folder[file], elsewhere["file"]);
        using var linked = Open(folder, layout);
        Assert.Equal((plain.Hash, plain.Train.Count, plain.Validation.Count), (linked.Hash, linked.Train.Count, linked.Validation.Count));
    }

    private static async Task<string?> Refusal(TemporaryFolder folder, string layout, string file)
    {
        var opening = Task.Run(() => Assert.Throws<ZfDeclException>(() => Open(folder, layout, file)));
        var refusal = await opening.WaitAsync(Patience);
        Assert.Equal(folder[file], refusal.File);
        return refusal.Code;
    }

    private static ImageData Open(TemporaryFolder folder, string layout, string? file = null) =>
        ImageFolder.Open(layout switch { "list" => folder[file?.StartsWith("a/", StringComparison.Ordinal) == false ? file : "images.csv"], "archive" => folder["pets.tar"], _ => folder.Path }, new(new(3, 4, 4), Recipes.Plain, 0, new SilentLog()));

    private static TemporaryFolder Of(string layout)
    {
        switch (layout)
        {
            case "idx":
                var idx = IdxFixture.Create("");
                File.WriteAllLines(idx["classes.txt"], Enumerable.Range(0, 10).Select(digit => $"digit {digit}"));
                return idx;
            case "emnist":
                var emnist = EmnistTests.Letters("emnist-letters-", "test", "");
                File.WriteAllText(emnist["emnist-letters-mapping.txt"], "1 65\n");
                return emnist;
            case "cifar":
                var cifar = CifarFolderTests.Cifar10();
                File.WriteAllLines(cifar["batches.meta.txt"], Enumerable.Range(0, 10).Select(label => $"class {label}"));
                return cifar;
            case "cifar-python":
                return CifarPythonTests.Cifar10();
            case "voc":
                return new PascalVocFixture().Folder;
            case "imagenet-devkit":
                var devkit = Of("imagenet");
                File.Delete(devkit["val.txt"]);
                File.Delete(devkit["synset_words.txt"]);
                File.WriteAllText(devkit["ILSVRC2012_devkit_t12/data/ILSVRC2012_validation_ground_truth.txt"], "1\n2\n");
                return devkit;
            case "imagenet":
                var imageNet = PictureFolder.Of([.. PictureFolder.Many("train/n01440764", 3), .. PictureFolder.Many("train/n01443537", 3), "val/0.png", "val/1.png"]);
                File.WriteAllText(imageNet["val.txt"], "0.png 0\n1.png 1\n");
                File.WriteAllBytes(imageNet["ILSVRC2012_devkit_t12/data/meta.mat"], MatFixture.Synsets(false, (1, "n01440764", "tench"), (2, "n01443537", "goldfish")));
                File.WriteAllText(imageNet["synset_words.txt"], "n01440764 tench\nn01443537 goldfish\n");
                return imageNet;
            default:
                var folder = PictureFolder.Of([.. PictureFolder.Many("a", 4), .. PictureFolder.Many("b", 4)]);
                File.WriteAllLines(folder["images.csv"], PictureFolder.Many("a", 4).Concat(PictureFolder.Many("b", 4)).Select(name => $"{name},{name[0]}").Prepend("path,class"));
                TarFile.CreateFromDirectory(folder.Path, Path.Combine(folder.Path, "..", $"{Path.GetFileName(folder.Path)}.tar"), includeBaseDirectory: false);
                File.Move(Path.Combine(folder.Path, "..", $"{Path.GetFileName(folder.Path)}.tar"), folder["pets.tar"]);
                return folder;
        }
    }
}
