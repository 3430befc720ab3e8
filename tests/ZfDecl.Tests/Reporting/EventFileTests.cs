using System.Text;
using Tensorboard;
using ZfDecl.Messages;
using ZfDecl.Training.Logs;

namespace ZfDecl.Tests.Reporting;

public sealed class EventFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string EventsPath => folder["tensorboard", "events.out.tfevents.test"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void AChecksumIsTheMaskedCrc32CThatIsPublished()
    {
        // The check value of CRC-32C is 0xE3069283 (RFC 3720, B.4, and every catalogue of CRCs); masked by hand: rotated right by 15, plus 0xA282EAD8.
        const uint Crc = 0xE3069283;
        Assert.Equal(unchecked(((Crc >> 15) | (Crc << 17)) + 0xA282EAD8), EventFile.Checksum(Encoding.ASCII.GetBytes("123456789")));
    }

    [Fact]
    public void WhatIsWrittenIsReadBackWithItsVersionFirst()
    {
        Write(1, 2);

        var events = EventFile.Read(EventsPath).ToList();
        Assert.Equal("brain.Event:2", events[0].FileVersion);
        Assert.Equal([0, 1, 2], events.Select(entry => entry.Step));
        Assert.Equal([10f, 20f], events.Skip(1).Select(entry => entry.Summary.Value.Single().SimpleValue));
        var now = (DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds;
        Assert.All(events, entry => Assert.InRange(entry.WallTime, now - 60, now));
    }

    [Fact]
    public void TheFilesOfTorchSharpsWriterHaveTheSameForm()
    {
        var writer = TorchSharp.torch.utils.tensorboard.SummaryWriter(folder.Path, createRunName: false);
        writer.add_scalar("loss", 0.5f, 7);
        (writer as IDisposable)?.Dispose();

        var events = EventFile.Read(Directory.GetFiles(folder.Path, "*tfevents*").Single()).ToList();
        Assert.Equal(0.5f, events.Single(entry => entry.Step == 7).Summary.Value.Single().SimpleValue);
    }

    [Fact]
    public void ARecordThatWasCutOrDamagedIsCutOffAndWrittenAgain()
    {
        Write(1, 2, 3);
        var whole = File.ReadAllBytes(EventsPath);
        foreach (var length in (int[])[0, 5, 30, whole.Length - 40, whole.Length - 1])
        {
            File.WriteAllBytes(EventsPath, whole[..length]);
            var file = EventFile.Open(EventsPath, keep: 3);
            for (var step = file.LastStep + 1; step <= 3; step++)
                file.Append(step, Value(step));
            Assert.Equal([0, 1, 2, 3], EventFile.Read(EventsPath).Select(entry => entry.Step));
        }
        whole[^10] ^= 1;
        File.WriteAllBytes(EventsPath, whole);
        Assert.Equal(2, EventFile.Open(EventsPath, keep: 3).LastStep);
    }

    [Fact]
    public void StepsAfterTheOneThatIsKeptAreCutOff()
    {
        Write(1, 2, 3);
        var file = EventFile.Open(EventsPath, keep: 1);
        file.Append(2, Value(5));

        Assert.Equal([0f, 10f, 50f], EventFile.Read(EventsPath).Select(entry => entry.Summary?.Value.Single().SimpleValue ?? 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Append(2, Value(6)));
    }

    [Fact]
    public void AFileThatCannotBeWrittenIsACodedError()
    {
        File.WriteAllText(folder["tensorboard"], "a file where the folder should be");

        Assert.Equal("ZF1204", Assert.Throws<ZfDeclException>(() => EventFile.Open(Path.Combine(folder.Path, "tensorboard", "x.tfevents"), keep: 0)).Code);
    }

    private void Write(params long[] steps)
    {
        var file = EventFile.Open(EventsPath, keep: 0);
        foreach (var step in steps)
            file.Append(step, Value(step));
    }

    private static Summary Value(long step)
    {
        var summary = new Summary();
        summary.Value.Add(new Summary.Types.Value { Tag = "loss", SimpleValue = 10 * step });
        return summary;
    }
}
