using System.Runtime.CompilerServices;
using ZfDecl.Models;
using ZfDecl.Tests.Training;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Networks;

[Collection(Alone.Name)]
public sealed class GeneratedNetworkTests
{
    [Fact]
    public void ADisposedNetworkLeavesNoMemoryToTheGarbageCollector()
    {
        // TorchSharp's counter never comes back to what it was: a parameter takes over the handle of the tensor it is made of, which is then neither
        // disposed nor finalised. What counts is that no finaliser finds anything to free.
        LiveTensors.CountAfterCollection();
        MakeAndDispose();
        var disposed = Tensor.TotalCount;

        Assert.Equal(disposed, LiveTensors.CountAfterCollection());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MakeAndDispose()
    {
        using var network = new Fashion();
    }
}
