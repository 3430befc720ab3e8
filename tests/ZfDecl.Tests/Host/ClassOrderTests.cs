using System.Text.Json.Nodes;
using ZfDecl.Runs;
using ZfDecl.Tests.Data;
using ZfDecl.Tests.Files;

namespace ZfDecl.Tests.Host;

/// <summary>A run whose classes are in the order that earlier versions had: that of texts.</summary>
public sealed class ClassOrderTests : IDisposable
{
    private readonly TemporaryFolder root = new();

    public void Dispose() => root.Dispose();

    [Fact]
    public void AnUnfinishedRunGoesOnWithItsClassesInItsOwnOrder()
    {
        foreach (var name in (string[])["1", "2", "10"])
        {
            for (var i = 0; i < 20; i++)
                File.WriteAllBytes(root[$"images/{name}/{i}.png"], Pictures.Png(28, 28, Pictures.Noise));
        }
        using (var stopped = Train())
        {
            stopped.WaitFor(": loss ");
            stopped.Kill();
        }
        Assert.Equal(["1", "2", "10"], RunRecord.Read(Record).Classes);
        Seals.Change(Record, record => record["classes"] = new JsonArray("1", "10", "2"));

        using var goingOn = Train();
        Assert.True(goingOn.Wait() == 0, goingOn.Said);
        Assert.Contains("the run goes on with its classes in the order that it was begun with: 1, 10, 2", goingOn.Said, StringComparison.Ordinal);
        Assert.Contains("going on ", goingOn.Said, StringComparison.Ordinal);
        Assert.Equal(["1", "10", "2"], RunRecord.Read(Record).Classes);
    }

    private string Record => root["artifacts/Fashion/default/run.json"];

    private HostProcess Train() => new(
        "train", $"--root={root.Path}", "--spec=Fashion", $"--data={root["images"]}", $"--artifacts={root["artifacts"]}", "--epochs=40", "--batch=16", "--threads=1");
}
