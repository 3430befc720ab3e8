using System.Text;
using ZfDecl.Data.Formats;
using ZfDecl.Data.Layouts;
using ZfDecl.Messages;

namespace ZfDecl.Tests.Data;

/// <summary>CIFAR's pickles, written out operation by operation as Python 2 wrote them.</summary>
public class CifarPythonTests
{
    [Fact]
    public void TheBatchesOfCifar10AreReadAsData()
    {
        using var folder = Cifar10();
        using var data = ImageFolder.Open(folder.Path, new(new(3, 32, 32), Recipes.Plain, 0, new SilentLog()));
        Assert.Equal((2, 1, 3, 9), (data.Train.Count, data.Validation.Count, data.Train.Label(0), data.Train.Label(1)));
        var pixels = new byte[3072];
        data.Train.Read(1, pixels);
        Assert.Equal(Image(2), pixels);
        Assert.Equal("CIFAR-10 for Python: 2 training images, 1 validation images of 3×32×32, 10 classes", data.Description);
    }

    [Fact]
    public void OfCifar100TheFineLabelsCount()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["train"], Batch("fine_labels", Array(1, Image(1)), 99));
        File.WriteAllBytes(folder["test"], Batch("fine_labels", Array(1, Image(1)), 7));
        File.WriteAllBytes(folder["meta"], [.. "(dU\u0010fine_label_names(l"u8, .. Enumerable.Range(0, 100).SelectMany(i => Encoding.ASCII.GetBytes($"S'class {i}'\na")), .. "s."u8]);
        using var data = ImageFolder.Open(folder.Path, new(new(3, 32, 32), Recipes.Plain, 0, new SilentLog()));
        Assert.Equal(("class 99", "class 7"), (data.Train.ClassOf(0), data.Validation.ClassOf(0)));
    }

    [Fact]
    public void NothingInAPickleIsRun()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["data_batch_1"], [.. "cos\nsystem\n(S'touch "u8, .. Encoding.UTF8.GetBytes(folder["made"]), .. "'\ntR."u8]);
        File.WriteAllBytes(folder["test_batch"], Batch("labels", Array(1, Image(3)), 0));
        var failure = Assert.Throws<ZfDeclException>(() => ImageFolder.Open(folder.Path, new(new(3, 32, 32), Recipes.Plain, 0, new SilentLog())));
        Assert.Equal(("ZF1139", "cannot be read as a pickle of plain data: it would call os.system, which no plain data needs; nothing was run; download it again"), (failure.Code, failure.Message));
        Assert.False(File.Exists(folder["made"]));
    }

    [Fact]
    public void ADamagedPickleEndsInASentence()
    {
        var whole = Batch("labels", Array(1, Image(1)), 3);
        var random = new Random(3);
        for (var round = 0; round < 2000; round++)
        {
            var bytes = whole.ToArray();
            for (var change = 0; change < 3; change++)
                bytes[random.Next(2) == 0 ? random.Next(120) : bytes.Length - 1 - random.Next(60)] = (byte)random.Next(256);
            try
            {
                Pickle.Read(new MemoryStream(random.Next(4) == 0 ? bytes[..random.Next(bytes.Length)] : bytes));
            }
            catch (InvalidDataException)
            {
                // As is said of it.
            }
        }
    }

    /// <summary>A batch of two and a test batch of one, and the names of the classes.</summary>
    internal static TemporaryFolder Cifar10()
    {
        var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["data_batch_1"], Batch("labels", Array(2, [.. Image(1), .. Image(2)]), 3, 9));
        File.WriteAllBytes(folder["test_batch"], Batch("labels", Array(1, Image(3)), 0));
        File.WriteAllBytes(folder["batches.meta"], [.. "(dU\u000blabel_names(l"u8, .. Enumerable.Range(0, 10).SelectMany(i => Encoding.ASCII.GetBytes($"S'class {i}'\na")), .. "s."u8]);
        return folder;
    }

    private static byte[] Image(int seed) => [.. Enumerable.Range(0, 3072).Select(i => (byte)(i * seed + (i >> 8)))];

    /// <summary>A dictionary of an array and a list of labels, protocol 2.</summary>
    private static byte[] Batch(string key, byte[] array, params byte[] labels) =>
        [0x80, 2, .. "}q\0(U\u0004data"u8, .. array, (byte)'U', (byte)key.Length, .. Encoding.ASCII.GetBytes(key), .. "](".Select(letter => (byte)letter), .. labels.SelectMany(label => (byte[])[(byte)'K', label]), .. "eu."u8];

    /// <summary>An array [N, 3072] as NumPy pickles it: made empty, then given its state.</summary>
    private static byte[] Array(ushort images, byte[] pixels) =>
    [
        .. "cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\0\x85U\u0001b\x87R(K\u0001M".Select(letter => (byte)letter), (byte)images, (byte)(images >> 8), .. "M\0\u000C\x86".Select(letter => (byte)letter),
        .. "cnumpy\ndtype\nU\u0002u1K\0K\u0001\x87R(K\u0003U\u0001|NNNJ\xFF\xFF\xFF\xFFJ\xFF\xFF\xFF\xFFK\0tb\x89T".Select(letter => (byte)letter), .. BitConverter.GetBytes(pixels.Length), .. pixels, .. "tb"u8,
    ];
}
