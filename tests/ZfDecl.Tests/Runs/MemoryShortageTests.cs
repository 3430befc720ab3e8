using System.Runtime.InteropServices;
using ZfDecl.Messages;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Runs;

public class MemoryShortageTests
{
    [Fact]
    public void WhatLibtorchThrowsForMoreMemoryThanThereIsHasACodeAndARemedy()
    {
        var cause = Assert.Throws<ExternalException>(() => empty(1L << 50));        // 4 PB

        Assert.True(MemoryShortage.Is(cause));
        var error = MemoryShortage.Error(cause);
        Assert.Equal("ZF1006", error.Code);
        Assert.Matches(@"^there is not enough memory: can't allocate memory: you tried to allocate 4503599627370496 bytes\..* Lower `batch`", error.Message);
    }

    [Fact]
    public void AGpuThatIsFullIsMeantToo()
    {
        var cause = new Raised("CUDA out of memory. Tried to allocate 2.00 GiB\nException raised from malloc");

        Assert.True(MemoryShortage.Is(cause));
        Assert.StartsWith("there is not enough memory: out of memory. Tried to allocate 2.00 GiB. Lower `batch`", MemoryShortage.Error(cause).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherErrorOfLibtorchIsNone() => Assert.False(MemoryShortage.Is(Assert.Throws<ExternalException>(() => zeros(2, 3).reshape(4))));

    private sealed class Raised(string message) : ExternalException(message);
}
