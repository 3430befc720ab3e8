using ZfDecl.Data.Layouts;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;

namespace ZfDecl.Tests.Data;

/// <summary>Three synsets of three training images, and four validation images side by side: goldfish, tench, shark, tench.</summary>
public sealed class ImageNetFolderTests : IDisposable
{
    private const string Tench = "n01440764", Goldfish = "n01443537", Shark = "n01484850";
    private const string Devkit = "ILSVRC2012_devkit_t12/data";
    private static readonly string[] Synsets = [Tench, Goldfish, Shark];
    private static readonly byte[] Picture = Pictures.Jpeg(4, 4, Pictures.Noise);

    private readonly TemporaryFolder folder = new();
    private readonly CapturedLog log = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void KagglesLayoutIsReadWhicheverFolderOfItIsNamed()
    {
        Images("ILSVRC/Data/CLS-LOC/");
        Write("LOC_val_solution.csv", "ImageId,PredictionString\nILSVRC2012_val_00000003,n01484850 1 2 3 4 n01484850 5 6 7 8 \nILSVRC2012_val_00000001,n01443537 1 2 3 4 \nILSVRC2012_val_00000002,n01440764 1 2 3 4 \nILSVRC2012_val_00000004,n01440764 1 2 3 4 \n");
        Write("LOC_synset_mapping.txt", "n01440764 tench, Tinca tinca\nn01443537 goldfish, Carassius auratus\nn01484850 great white shark, white shark\n");
        foreach (var named in (string[])["", "ILSVRC", "ILSVRC/Data/CLS-LOC"])
        {
            using var data = Open(named == "ILSVRC" ? "ILSVRC/" : named);
            AssertTruth(data);
            Assert.Equal(["n01440764 tench", "n01443537 goldfish", "n01484850 great white shark"], data.Train.Classes);
            Assert.Equal("ImageNet: 9 training images, 4 validation images (from val/, their classes from LOC_val_solution.csv), 3 classes", data.Description);
        }
        Assert.Empty(log.Warnings);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TheDevkitSaysTheClassesByTheNumbersOfItsMatlabFile(bool compressed)
    {
        Images();
        Write($"{Devkit}/ILSVRC2012_validation_ground_truth.txt", "17\n2\n3\n2\n");
        File.WriteAllBytes(folder[$"{Devkit}/meta.mat"], MatFixture.Synsets(compressed, (2, Tench, "tench, Tinca tinca"), (17, Goldfish, "goldfish"), (3, Shark, "")));
        using var data = Open();
        AssertTruth(data);
        Assert.Equal(["n01440764 tench", "n01443537 goldfish", Shark], data.Train.Classes);
    }

    [Fact]
    public void CaffesLabelsCountTheSynsetsInTheirOrder()
    {
        Images();
        Write("val.txt", "ILSVRC2012_val_00000001.JPEG 1\nILSVRC2012_val_00000002.JPEG 0\nILSVRC2012_val_00000003.JPEG 2\nILSVRC2012_val_00000004.JPEG 0\n");
        using var data = Open();
        AssertTruth(data);
        Assert.Equal(Synsets, data.Train.Classes);
    }

    [Fact]
    public void CaffesSynsetsCountWhereSomeHaveNoTrainingImages()
    {
        Images();
        Write("synsets.txt", "n00000001\nn01440764\nn01443537\nn01484850\n");
        Write("val.txt", "ILSVRC2012_val_00000001.JPEG 2\nILSVRC2012_val_00000002.JPEG 1\nILSVRC2012_val_00000003.JPEG 3\nILSVRC2012_val_00000004.JPEG 1\n");
        using var data = Open();
        AssertTruth(data);
    }

    [Fact]
    public void TinyImageNetIsRead()
    {
        foreach (var synset in Synsets)
        {
            for (var i = 0; i < 3; i++)
                File.WriteAllBytes(folder[$"tiny-imagenet-200/train/{synset}/images/{synset}_{i}.JPEG"], Picture);
            Write($"tiny-imagenet-200/train/{synset}/{synset}_boxes.txt", $"{synset}_0.JPEG\t0\t0\t3\t3\n");
        }
        for (var i = 0; i < 3; i++)
            File.WriteAllBytes(folder[$"tiny-imagenet-200/val/images/val_{i}.JPEG"], Picture);
        File.WriteAllBytes(folder["tiny-imagenet-200/test/images/test_0.JPEG"], Picture);
        Write("tiny-imagenet-200/val/val_annotations.txt", "val_0.JPEG\tn01443537\t0\t0\t3\t3\nval_1.JPEG\tn01440764\t0\t0\t3\t3\nval_2.JPEG\tn01484850\t0\t0\t3\t3\n");
        Write("tiny-imagenet-200/words.txt", "n00001740\tentity\nn01443537\tgoldfish, Carassius auratus\n");
        using var data = Open();
        Assert.Equal((9, 3), (data.Train.Count, data.Validation.Count));
        Assert.Equal([Tench, "n01443537 goldfish", Shark], data.Train.Classes);
        Assert.Equal([1, 0, 2], Enumerable.Range(0, 3).Select(data.Validation.Label));
        Assert.Equal("val/images/val_0.JPEG", data.Validation.NameOf(0));
    }

    [Fact]
    public void InClassFoldersNothingChangesButTheReadableNames()
    {
        foreach (var synset in Synsets)
        {
            File.WriteAllBytes(folder[$"train/{synset}/1.JPEG"], Picture);
            File.WriteAllBytes(folder[$"val/{synset}/2.JPEG"], Picture);
        }
        using var before = Open();
        Write("LOC_synset_mapping.txt", "n01440764 tench, Tinca tinca\n");
        using var after = Open();
        Assert.Equal((before.Hash, before.Description), (after.Hash, after.Description));
        Assert.Equal("class folders: 3 training images, 3 validation images (from val/), 3 classes", after.Description);
        Assert.Equal(["n01440764 tench", Goldfish, Shark], after.Train.Classes);
        using var selected = after.Only("TENCH+n01484850");
        Assert.Equal(["n01440764 tench", Shark], selected.Train.Classes);
    }

    [Fact]
    public void TheHashKnowsTheClassesOfTheValidationImages()
    {
        Images();
        Write("val.txt", "ILSVRC2012_val_00000001 1\nILSVRC2012_val_00000002 0\nILSVRC2012_val_00000003 2\nILSVRC2012_val_00000004 0\n");
        using var data = Open();
        Write("val.txt", "ILSVRC2012_val_00000001 0\nILSVRC2012_val_00000002 0\nILSVRC2012_val_00000003 2\nILSVRC2012_val_00000004 0\n");
        using var other = Open();
        Assert.NotEqual(data.Hash, other.Hash);
    }

    [Fact]
    public void WhatHasNoTruthOrNoTrainingImagesIsNamedAndLeftOut()
    {
        Images();
        Write("LOC_val_solution.csv", "ImageId,PredictionString\nILSVRC2012_val_00000001,n01443537 1 2 3 4\nILSVRC2012_val_00000002,n99999999 1 2 3 4\nILSVRC2012_val_00000009,n01443537 1 2 3 4\nILSVRC2012_val_00000003,n01484850 1 2 3 4\n");
        using var data = Open();
        Assert.Equal((9, 2), (data.Train.Count, data.Validation.Count));
        Assert.Equal(["ZF1182", "ZF1182", "ZF1182", "ZF1121"], log.Warnings.Select(warning => warning.Code));
        Assert.StartsWith("1 of the 4 validation images have no class in LOC_val_solution.csv and are left out: ILSVRC2012_val_00000004.JPEG", log.Warnings[0].Message, StringComparison.Ordinal);
        Assert.StartsWith("1 validation images are left out, because they are of 1 classes without training images: n99999999", log.Warnings[1].Message, StringComparison.Ordinal);
        Assert.Equal("1 validation images that LOC_val_solution.csv lists are missing", log.Warnings[2].Message);
    }

    [Fact]
    public void WithoutTruthTheRemediesAreNamed()
    {
        Images();
        AssertRefused("ZF1180", folder["val"], "the 4 images lie side by side, and no file says their classes", "LOC_val_solution.csv", "ILSVRC2012_devkit_t12", "val.txt", "val_annotations.txt");
    }

    [Theory]
    [InlineData("val.txt", "ILSVRC2012_val_00000001.JPEG one\n", "ZF1151", "line 1 is 'ILSVRC2012_val_00000001.JPEG one'; expected is a file, a space and its label")]
    [InlineData("val.txt", "ILSVRC2012_val_00000001.JPEG 999\n", "ZF1181", "labels go up to 999, but there are 3 synsets")]
    [InlineData("val.txt", "ILSVRC2012_val_00000001 1\nILSVRC2012_val_00000002 2\nILSVRC2012_val_00000003 3\n", "ZF1181", "labels go up to 3, but there are 3 synsets")]
    [InlineData("val.txt", "cat.JPEG 0\ndog.JPEG 2\n", "ZF1181", "says the classes of 2 images, but not of ILSVRC2012_val_00000001.JPEG, ILSVRC2012_val_00000002.JPEG, ILSVRC2012_val_00000003.JPEG and 1 more among the 4")]
    [InlineData("LOC_val_solution.csv", "ImageId,PredictionString\nILSVRC2012_val_00000001,tench 1 2 3 4\n", "ZF1151", "line 2 is 'ILSVRC2012_val_00000001,tench 1 2 3 4'")]
    [InlineData("val/val_annotations.txt", "ILSVRC2012_val_00000001.JPEG n01440764\n", "ZF1151", "line 1 is")]
    [InlineData("LOC_val_solution.csv", "\n", "ZF1181", "says the classes of 0 images")]
    public void ADamagedTruthIsNamedWithItsLine(string file, string content, string code, string finding)
    {
        Images();
        Write(file, content);
        AssertRefused(code, folder[file], finding);
    }

    [Theory]
    [InlineData("17\n2\n3\n", "ZF1181", "says the classes of 3 images, but not of ILSVRC2012_val_00000004.JPEG")]
    [InlineData("17\n2\n3\n1001\n", "ZF1181", "line 4 is 1001, which is no class of")]
    [InlineData("17\ntwo\n3\n2\n", "ZF1151", "line 2 is 'two'")]
    public void ADevkitThatDoesNotFitIsNamed(string truth, string code, string finding)
    {
        Images();
        Write($"{Devkit}/ILSVRC2012_validation_ground_truth.txt", truth);
        File.WriteAllBytes(folder[$"{Devkit}/meta.mat"], MatFixture.Synsets(true, (2, Tench, "tench"), (17, Goldfish, "goldfish"), (3, Shark, "shark")));
        AssertRefused(code, folder[$"{Devkit}/ILSVRC2012_validation_ground_truth.txt"], finding);
    }

    [Fact]
    public void ADevkitWithoutItsMatlabFileOrWithADamagedOneIsNamed()
    {
        Images();
        Write($"{Devkit}/ILSVRC2012_validation_ground_truth.txt", "17\n2\n3\n2\n");
        AssertRefused("ZF1184", folder[$"{Devkit}/ILSVRC2012_validation_ground_truth.txt"], "meta.mat", "LOC_val_solution.csv");
        var whole = MatFixture.Synsets(false, (2, Tench, "tench"), (17, Goldfish, "goldfish"), (3, Shark, "shark"));
        foreach (var length in (int[])[1, 100, 130, 200, whole.Length / 2, whole.Length - 100])
        {
            File.WriteAllBytes(folder[$"{Devkit}/meta.mat"], whole[..length]);
            AssertRefused("ZF1184", folder[$"{Devkit}/meta.mat"], "the synsets cannot be read");
        }
        var packed = MatFixture.Synsets(true, (2, Tench, "tench"), (17, Goldfish, "goldfish"), (3, Shark, "shark"));
        packed[^20] ^= 0xFF;
        File.WriteAllBytes(folder[$"{Devkit}/meta.mat"], packed);
        AssertRefused("ZF1184", folder[$"{Devkit}/meta.mat"], "the synsets cannot be read");
    }

    [Fact]
    public void AnEmptyArchiveHoldsNoClass()
    {
        Write("train/n01440764.tar", new('\0', 1024));
        Write("train/n01443537.tar", new('\0', 1024));
        File.WriteAllBytes(folder["val/ILSVRC2012_val_00000001.JPEG"], Picture);
        AssertRefused("ZF1120", folder["train"], "0 of the 2 folders hold images");
    }

    [Fact]
    public void TestImagesHaveNoClassesAndAreLeftAlone()
    {
        Images();
        Write("val.txt", "ILSVRC2012_val_00000001.JPEG 1\nILSVRC2012_val_00000002.JPEG 0\nILSVRC2012_val_00000003.JPEG 2\nILSVRC2012_val_00000004.JPEG 0\n");
        using var before = Open();
        for (var i = 1; i <= 3; i++)
            File.WriteAllBytes(folder[$"test/ILSVRC2012_test_{i:00000000}.JPEG"], Picture);
        using var data = Open();
        AssertTruth(data);
        Assert.Equal((before.Hash, null), (data.Hash, data.Test));
        Assert.Equal("the test part (test/) holds 3 images, none of a class that is trained, so it is left alone", Assert.Single(log.Said));
    }

    private static void AssertTruth(ImageData data)
    {
        Assert.Equal((9, 4, KnownDataSet.ImageNet), (data.Train.Count, data.Validation.Count, data.Known));
        Assert.Equal(["val/ILSVRC2012_val_00000001.JPEG", "val/ILSVRC2012_val_00000002.JPEG", "val/ILSVRC2012_val_00000003.JPEG", "val/ILSVRC2012_val_00000004.JPEG"], Enumerable.Range(0, 4).Select(data.Validation.NameOf));
        Assert.Equal([1, 0, 2, 0], Enumerable.Range(0, 4).Select(data.Validation.Label));
        data.Validation.Read(3, new byte[48]);
    }

    private void Images(string prefix = "")
    {
        foreach (var synset in Synsets)
        {
            for (var i = 0; i < 3; i++)
                File.WriteAllBytes(folder[$"{prefix}train/{synset}/{synset}_{i}.JPEG"], Picture);
        }
        for (var i = 1; i <= 4; i++)
            File.WriteAllBytes(folder[$"{prefix}val/ILSVRC2012_val_{i:00000000}.JPEG"], Picture);
    }

    private void Write(string name, string content) => File.WriteAllText(folder[name], content);

    private ImageData Open(string inside = "") => ImageFolder.Open(Path.Combine(folder.Path, inside), new(new(3, 4, 4), Recipes.Plain, 1, log));

    private void AssertRefused(string code, string file, params string[] said)
    {
        var failure = Assert.Throws<ZfDeclException>(() => Open());
        Assert.Equal((code, file), (failure.Code, failure.File));
        Assert.All(said, words => Assert.Contains(words, failure.Message));
    }
}
