using ZfDecl.Cli.Terminal;

namespace ZfDecl.Tests.Host;

public sealed class ConsoleLogTests : IDisposable
{
    private readonly ManualClock clock = new();
    private readonly StringWriter output = new() { NewLine = "\n" };
    private readonly StringWriter errors = new() { NewLine = "\n" };

    public void Dispose()
    {
        output.Dispose();
        errors.Dispose();
    }

    [Fact]
    public void RedirectedProgressIsALineEveryFiveSecondsAndOneAtTheEnd()
    {
        using var log = new ConsoleLog(output, errors, terminal: false, clock);
        using (var bar = log.Start("epoch 1/2", 1200, "images"))
        {
            for (var i = 0; i < 12; i++)
            {
                clock.Pass(1);
                bar.Advance(100, $"loss {12 - i}");
            }
        }

        // 100 images a second; at 5 s 700 and at 10 s 200 of 1200 are left.
        Assert.Equal(
            """
            epoch 1/2: 41 %, 100 images/s, 7.0 s left, loss 8
            epoch 1/2: 83 %, 100 images/s, 2.0 s left, loss 3
            epoch 1/2: 100 %, 100 images/s, took 12 s, loss 1

            """.ReplaceLineEndings("\n"),
            output.ToString());
    }

    [Fact]
    public void TheRateIsThatOfTheLastTenSecondsSoThatASlowBeginningDoesNotSpoilTheTimeLeft()
    {
        using var log = new ConsoleLog(output, errors, terminal: false, clock);
        using (var bar = log.Start("epoch 1/2", 1200, "images"))
        {
            clock.Pass(20);
            bar.Advance(100);                                           // 5 images a second
            for (var i = 0; i < 11; i++)
            {
                clock.Pass(1);
                bar.Advance(100);                                       // 100 images a second
            }
        }

        // At 25 s the last mark that is 10 s old is the start: 600 / 25 s. At 30 s it is that of 20 s. The last line is about the whole: 1200 / 31 s.
        Assert.Equal(
            """
            epoch 1/2: 8 %, 5.0 images/s, 3 min 40 s left
            epoch 1/2: 50 %, 24 images/s, 25 s left
            epoch 1/2: 91 %, 100 images/s, 1.0 s left
            epoch 1/2: 100 %, 39 images/s, took 31 s

            """.ReplaceLineEndings("\n"),
            output.ToString());
    }

    [Fact]
    public void WhatWasDoneBeforeCountsForTheShareAndNotForTheRate()
    {
        using var log = new ConsoleLog(output, errors, terminal: false, clock);
        using (var bar = log.Start("epoch 3/12", 1000, "images", done: 600))
        {
            clock.Pass(5);
            bar.Advance(100);
            clock.Pass(15);
            bar.Advance(300);
        }

        // 100 images in 5 s, 300 are left; then 400 in 20 s.
        Assert.Equal("epoch 3/12: 70 %, 20 images/s, 15 s left\nepoch 3/12: 100 %, 20 images/s, took 20 s\n", output.ToString());
    }

    [Fact]
    public void OfARoundWhoseEndIsToldElsewhereARedirectedLogSaysOnlyHowFarItIs()
    {
        using var log = new ConsoleLog(output, errors, terminal: false, clock);
        for (var epoch = 1; epoch <= 2; epoch++)
        {
            using var bar = log.StartRound($"epoch {epoch}/2", 1000, "images", done: 0);
            clock.Pass(5);
            bar.Advance(500);
            clock.Pass(5);
            bar.Advance(500);
        }

        Assert.Equal("epoch 1/2: 50 %, 100 images/s, 5.0 s left\nepoch 2/2: 50 %, 100 images/s, 5.0 s left\n", output.ToString());
    }

    [Fact]
    public void ARoundThatIsGivenUpSaysHowFarItCame()
    {
        using var log = new ConsoleLog(output, errors, terminal: false, clock);
        using (var bar = log.StartRound("epoch 1/2", 1000, "images", done: 0))
        {
            clock.Pass(1);
            bar.Advance(10);
        }

        Assert.StartsWith("epoch 1/2: 1 %", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void WorkThatIsGivenUpDoesNotClaimToBeComplete()
    {
        using var log = new ConsoleLog(output, errors, terminal: false, clock);
        using (var bar = log.Start("epoch 1/2", 1000, "images"))
        {
            clock.Pass(1);
            bar.Advance(999);
        }

        Assert.StartsWith("epoch 1/2: 99 %", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void NoWorkAtAllIsComplete()
    {
        using var log = new ConsoleLog(output, errors, terminal: false, clock);
        log.Start("nothing", 0, "images").Dispose();

        Assert.Equal("nothing: 100 %, took 0.0 s\n", output.ToString());
    }

    [Fact]
    public void ATerminalShowsNestedBarsAndKeepsWarningsUntilTheyClose()
    {
        using var log = new ConsoleLog(output, errors, terminal: true);
        using (var outer = log.Start("epochs [all]", 2, "epochs"))
        {
            using (var inner = log.Start("epoch 1/2", 10, "images"))
                inner.Advance(10, "loss 0.5");
            log.Warn("ZF1301", "the loss rises");
            outer.Advance(1);
            Assert.Equal("", errors.ToString());
        }

        Assert.Equal("warning ZF1301: the loss rises\n", errors.ToString());
        Assert.Contains("epochs [all]", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("epoch 1/2", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void BarsInATerminalMayFollowEachOther()
    {
        using var log = new ConsoleLog(output, errors, terminal: true);
        for (var epoch = 1; epoch <= 3; epoch++)
        {
            using var bar = log.Start($"epoch {epoch}/3", 1, "images");
            bar.Advance(1);
        }

        Assert.Contains("epoch 3/3", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AnErrorIsOneCanonicalLine()
    {
        using var log = new ConsoleLog(output, errors, terminal: false, clock);
        log.Error("ZF1101", "this is\n  no image\r\n", "data/a b.jpg");
        log.Warn("ZF1102", "few images");

        Assert.Equal("data/a b.jpg: error ZF1101: this is no image\nwarning ZF1102: few images\n", errors.ToString());
    }
}
