using System.Diagnostics;
using ZfDecl.Distributed;
using ZfDecl.Tests.Data;

namespace ZfDecl.Tests.Distributed;

public class LauncherDaemonTests
{
    [UnixFact]
    public void AParentThatIsNoLaunchersIsLeftAlone()
    {
        var parent = LauncherDaemon.Parent()!.Value;
        Assert.NotEqual(Environment.ProcessId, parent);
        LauncherDaemon.End();
        Assert.False(Process.GetProcessById(parent).HasExited);
    }

    [UnixFact]
    public void AProcessIsCalledAfterItsProgram()
    {
        using var folder = new TemporaryFolder();
        File.Copy("/bin/sleep", folder["orted"]);
        using var daemon = Process.Start(folder["orted"], "60");
        try
        {
            Assert.True(SpinWait.SpinUntil(() => LauncherDaemon.NameOf(daemon.Id) == "orted", TimeSpan.FromSeconds(10)));
        }
        finally
        {
            daemon.Kill();
        }
    }
}
