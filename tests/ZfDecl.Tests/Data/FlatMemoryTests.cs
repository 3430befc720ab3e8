using TorchSharp;
using ZfDecl.Data.Batching;
using ZfDecl.Data.Layouts;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Networks.Recipes;

namespace ZfDecl.Tests.Data;

/// <summary>Alone, because it looks at the memory of the whole process.</summary>
[Collection(Alone.Name)]
public class FlatMemoryTests
{
    [Fact]
    public void FiveHundredStepsFromJpegsTakeNoMoreMemoryThanTheFirst()
    {
        using var folder = new TemporaryFolder();
        for (var i = 0; i < 20; i++)
            File.WriteAllBytes(folder[$"{(i % 2 == 0 ? "a" : "b")}/{i}.jpg"], Pictures.Jpeg(120 + i, 90 + 2 * i, Pictures.Noise));
        var input = new FeatureShape(3, 56, 56);
        var recipe = Recipes.Plain with { Resize = 64, Augment = Augmentation.TenCrops };
        using var data = ImageFolder.Open(folder.Path, new(input, recipe, 0, new SilentLog()) { Cache = 0 });
        var preprocessor = new Preprocessor(input, data.Train.Shape, recipe, new() { Mean = [], ChannelMean = [], ChannelDeviation = [] });
        var tensors = torch.Tensor.TotalCount;
        Steps(150);
        var before = Resident();
        Steps(500);
        // 500 steps read 9 MB of tensors each 60 steps, and 4,000 decoded images of 60 KB: a leak of any of them shows.
        Assert.InRange(Resident() - before, long.MinValue, 24L << 20);
        Assert.Equal(tensors, torch.Tensor.TotalCount);

        void Steps(int count)
        {
            for (var epoch = 0; count > 0; epoch++)
            {
                foreach (var batch in Batches.ForTraining(data.Train, preprocessor, 8, seed: 0, epoch, torch.CPU))
                {
                    batch.Dispose();
                    if (--count == 0)
                        break;
                }
            }
        }
    }

    private static long Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
