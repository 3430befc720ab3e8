using ZfDecl.Files;

namespace ZfDecl.Tests.Files;

public sealed class ReplacedFolderTests : IDisposable
{
    private readonly TemporaryFolder root = new();

    public void Dispose() => root.Dispose();

    private string Folder => Path.Combine(root.Path, "report");

    [Fact]
    public void TheOldFolderIsWholeUntilTheNewOneIsAndNothingOfItIsLeftThen()
    {
        Write("old", "only-old");
        ReplacedFolder.Write(Folder, made =>
        {
            File.WriteAllText(Path.Combine(made, "index.html"), "new");
            Assert.Equal("old", Page());
        });

        Assert.Equal("new", Page());
        Assert.Equal(["index.html"], Directory.GetFileSystemEntries(Folder).Select(Path.GetFileName));
        Assert.Equal([".replacing.lock", "report"], Directory.GetFileSystemEntries(root.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void WhereTheBuildingFailsTheOldFolderStaysAndNothingIsLeft()
    {
        Write("old");
        Assert.Equal("ZF1204", Assert.Throws<Messages.ZfDeclException>(() => ReplacedFolder.Write(Folder, made =>
        {
            File.WriteAllText(Path.Combine(made, "index.html"), "half");
            throw new IOException("No space left on device");
        })).Code);

        Assert.Equal("old", Page());
        Assert.Empty(Directory.GetFileSystemEntries(root.Path, "*.tmp"));
    }

    [Fact]
    public async Task AReaderFindsAWholeFolderAtEachMomentOfManyReplacements()
    {
        Write("0");
        using var stop = new CancellationTokenSource();
        var reader = Task.Run(() =>
        {
            var read = 0;
            do
                Assert.True(int.TryParse(Page(), out _));
            while (read++ >= 0 && !stop.IsCancellationRequested);
            return read;
        });
        for (var i = 1; i <= 60; i++)
            Write($"{i}");
        await stop.CancelAsync();

        Assert.True(await reader > 0);
        Assert.Equal("60", Page());
    }

    [Fact]
    public void OfManyAtOnceEachBuildsItsOwnAndOneOfThemStaysWhole()
    {
        Parallel.For(0, 16, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => ReplacedFolder.Write(Folder, made =>
        {
            for (var file = 0; file < 5; file++)
                File.WriteAllText(Path.Combine(made, $"{file}"), $"{i}");
        }));

        Assert.Equal(5, Directory.GetFiles(Folder).Length);
        Assert.Single(Directory.GetFiles(Folder).Select(File.ReadAllText).Distinct());
        Assert.Single(Directory.GetDirectories(root.Path));
    }

    [Fact]
    public void AnOldFolderThatHadMadeRoomIsPutBackByWhoeverCleans()
    {
        var aside = Path.Combine(root.Path, $".report.{Temporary.Host}.{Ended.Process}.7.old");
        Directory.CreateDirectory(aside);
        File.WriteAllText(Path.Combine(aside, "index.html"), "old");

        Temporary.Clean(root.Path, new Messages.SilentLog());

        Assert.Equal("old", Page());
        Assert.False(Directory.Exists(aside));
    }

    [Fact]
    public void ALockLetsOneInAtATime()
    {
        var path = root["locks", ".a.lock"];
        using (FileLock.TryTake(path))
        {
            Assert.Null(FileLock.TryTake(path));
            Assert.Null(FileLock.Wait(path, TimeSpan.FromMilliseconds(50)));
        }
        using var next = FileLock.TryTake(path);
        Assert.NotNull(next);
    }

    private void Write(params string[] content) => ReplacedFolder.Write(Folder, made =>
    {
        File.WriteAllText(Path.Combine(made, "index.html"), content[0]);
        foreach (var more in content[1..])
            File.WriteAllText(Path.Combine(made, more), "");
    });

    private string Page()
    {
        while (true)
        {
            try
            {
                return File.ReadAllText(Path.Combine(Folder, "index.html"));
            }
            catch (FileNotFoundException)
            {
                // The folder that was opened has been swapped and is being deleted: the other one is in its place.
                Assert.True(Directory.Exists(Folder));
            }
        }
    }
}
