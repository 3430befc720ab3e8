using ZfDecl.Studies.Transfer;

namespace ZfDecl.Tests.Studies;

/// <summary>What Transfer and the transfer to objects say of the pre-training, and where they must not.</summary>
public sealed class PretrainingTextTests
{
    [Fact]
    public void ClassesAreFamiliarOnlyWhereTheNetworkWasTrainedOnThem()
    {
        Assert.Equal("2 of these 3 classes the network was itself pretrained on (cat, dog): of them its features know more than the few images.", PretrainingText.Familiar(["cat", "dog", "sofa"], ["dog", "cat", "car"]));
        Assert.Null(PretrainingText.Familiar(["sofa", "lamp"], ["dog", "cat", "car"]));
    }

    [Fact]
    public void NothingIsFamiliarToAnUntrainedNetwork() => Assert.Null(PretrainingText.Familiar(["cat", "dog"], pretrained: null));

    [Fact]
    public void ImagesAreSaidToBeLeftOutOnlyWhereSomeAre()
    {
        Assert.Null(PretrainingText.LeftOut([], 0.95));
        Assert.StartsWith("1 image correlates by 0.95 or more", PretrainingText.LeftOut([new(0, "a", "b", 0.99)], 0.95), StringComparison.Ordinal);
        Assert.EndsWith(", and are left out.", PretrainingText.LeftOut([new(0, "a", "b", 0.99), new(1, "c", "d", 0.97)], 0.95), StringComparison.Ordinal);
    }
}
