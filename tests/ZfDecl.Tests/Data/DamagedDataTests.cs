using SkiaSharp;
using ZfDecl.Data.Layouts;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Tests.Data;

/// <summary>Every kind of data file, damaged in ways that a seed decides: the error has a code, or the image is reported, or its pixels are just others.</summary>
public class DamagedDataTests
{
    private const int Damages = 60;
    private static readonly FeatureShape Input = new(3, 8, 8);

    [Theory]
    [InlineData("train-images-idx3-ubyte.gz")]
    [InlineData("train-labels-idx1-ubyte.gz")]
    [InlineData("t10k-images-idx3-ubyte.gz")]
    public void AnIdxFile(string name) => Damage(IdxFixture.Create(), name);

    [Theory]
    [InlineData("train-images-idx3-ubyte")]
    [InlineData("t10k-labels-idx1-ubyte")]
    public void AnIdxFileThatIsNotCompressed(string name) => Damage(IdxFixture.Create(""), name);

    [Theory]
    [InlineData("data_batch_1.bin")]
    [InlineData("test_batch.bin")]
    public void ACifarFile(string name) => Damage(CifarFolderTests.Cifar10(), name);

    [Fact]
    public void AList()
    {
        var folder = new TemporaryFolder();
        var names = Enumerable.Range(0, 6).Select(i => $"{i}.png").ToArray();
        foreach (var name in names)
            File.WriteAllBytes(folder[name], Pictures.Png(4, 4, Pictures.Noise));
        File.WriteAllText(folder["list.csv"], "path,class,split\n" + string.Concat(names.Select((name, i) => $"\"{name}\",{i % 2},{(i < 4 ? "train" : "val")}\n")));
        Damage(folder, "list.csv", open: "list.csv");
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void AnImage(SKEncodedImageFormat format)
    {
        var folder = new TemporaryFolder();
        var (ending, image) = ($"{format}".ToLowerInvariant(), Pictures.Encode(48, 32, Pictures.Noise, format));
        foreach (var name in (string[])["a/0", "b/0", .. Enumerable.Range(1, 24).Select(i => $"a/{i}")])
            File.WriteAllBytes(folder[$"train/{name}.{ending}"], image);
        File.WriteAllBytes(folder[$"val/a/0.{ending}"], image);
        File.WriteAllBytes(folder[$"val/b/0.{ending}"], image);
        Damage(folder, $"train/a/0.{ending}");
    }

    /// <summary>Damages one file again and again, and reads all the data each time.</summary>
    private static void Damage(TemporaryFolder owned, string name, string open = "")
    {
        using var folder = owned;
        var whole = File.ReadAllBytes(folder[name]);
        var noticed = 0;
        for (var seed = 0; seed < Damages; seed++)
        {
            File.WriteAllBytes(folder[name], Tests.Damage.Of(whole, seed));
            var log = new CapturedLog();
            try
            {
                using var data = ImageFolder.Open(Path.Combine(folder.Path, open), new(Input, Recipes.Plain, 0, log) { Cache = 0 });
                foreach (var set in (ImageSet[])[data.Train, data.Validation])
                {
                    for (var index = 0; index < set.Count; index++)
                        set.Read(index, new byte[Input.Count]);
                }
                noticed += log.Warnings.Count > 0 ? 1 : 0;
                Assert.All(log.Warnings, warning => Assert.StartsWith("ZF11", warning.Code, StringComparison.Ordinal));
            }
            catch (ZfDeclException failure)
            {
                noticed++;
                Assert.StartsWith("ZF11", failure.Code, StringComparison.Ordinal);
            }
        }
        // A third of the damages are truncations, and those at least are seen.
        Assert.InRange(noticed, Damages / 4, Damages);
    }
}
