using ZfDecl.Endurance.FullSize;

namespace ZfDecl.Tests.Host;

/// <summary>A published network at full size. <c>dotnet run -c Release --project tests/ZfDecl.Endurance -- full-size</c> tries all.</summary>
[Collection(Alone.Name)]
public sealed class FullSizeTests
{
    [Fact]
    public void AGraphAtFullSizeIsRunRecordedVisualisedAndOccluded() => Assert.Empty(FullSizeTrials.Try("SqueezeNet11", maps: 2, stride: 64));
}
