using System.Globalization;
using System.Text;
using ZfDecl.Cli.Terminal;
using ZfDecl.Distributed;
using ZfDecl.Distributed.Mpi;
using ZfDecl.Files;
using ZfDecl.Generators.Language;
using ZfDecl.Messages;
using ZfDecl.Runs;

namespace ZfDecl.Cli.Configuration;

/// <summary>The ranks that a launcher has started, as the settings ask for them.</summary>
internal static class LaunchedGroup
{
    /// <summary>Whether a launcher has started this process.</summary>
    public static bool IsAskedFor(Settings settings) => settings.Declares(SettingTable.Launch) && (settings.IsGiven(SettingTable.Launch) || settings.IsGiven(SettingTable.Hosts));

    /// <summary>The number of this process as its launcher says it, before there is a group: 0 speaks.</summary>
    public static int NumberOf(Settings settings) => IsAskedFor(settings) ? StartedTasks.Of(Environment.GetEnvironmentVariable).Number : 0;

    /// <summary>Joins the other ranks.</summary>
    /// <param name="settings">The verb's.</param>
    /// <param name="log">Told of them; silent from here on where this is not rank 0.</param>
    /// <exception cref="ZfDeclException">As of <see cref="MpiTransport.Join"/>.</exception>
    public static IProcessGroup Join(Settings settings, ConsoleLog log)
    {
        if (!IsAskedFor(settings))
            return AloneGroup.Instance;
        var group = new MessageGroup(() => MpiTransport.Join(Environment.GetEnvironmentVariable), TimeSpan.FromSeconds(settings.Value(SettingTable.Timeout)));
        log.IsMute = group.Rank != 0;
        if (group.Rank == 0)
            log.Begin();
        string[] hosts = [.. group.Hosts.GroupBy(host => host).Select(host => string.Create(CultureInfo.InvariantCulture, $"{host.Count()} on {host.Key}"))];
        log.Say(string.Create(CultureInfo.InvariantCulture, $"{group.Size} {(group.Size == 1 ? "rank" : "ranks")}: {string.Join(", ", hosts)}; {group.Carrier}"));
        return group;
    }

    /// <summary>Asks for the settings that say what was launched, so that they are shown and kept.</summary>
    public static void AskFor(Settings settings)
    {
        if (!IsAskedFor(settings))
            return;
        foreach (var key in new[] { SettingTable.Launch, SettingTable.Hosts }.Where(settings.IsGiven))
            settings.Value(key, "");
        settings.Value(SettingTable.Timeout);
    }

    /// <summary>Refuses a setting where a launcher has started the process: what it asks for is done by one process.</summary>
    /// <exception cref="ZfDeclException">ZF1003.</exception>
    public static void NeedAlone(this RunContext context, Key key)
    {
        if (!context.Group.IsAlone)
            throw new ZfDeclException("ZF1003", $"{Settings.Property(key.Name)}: this is done by one process; leave -p:Launch and -p:Hosts out");
    }

    /// <summary>Checks that all ranks see one and the same folder; collective.</summary>
    /// <exception cref="ZfDeclException">ZF1570: one does not.</exception>
    public static void NeedShared(this RunContext context, string folder)
    {
        var group = context.Group;
        if (group.Size == 1)
            return;
        var sign = WorkSharing.FromFirst(group, [$".shared-{Guid.NewGuid():N}"])[0];
        if (group.Rank == 0)
            AtomicFile.WriteText(Path.Combine(folder, sign), "");
        group.Broadcast([]);
        var sees = group.Gather([File.Exists(Path.Combine(folder, sign)) ? (byte)1 : (byte)0]);
        if (group.Rank == 0)
            File.Delete(Path.Combine(folder, sign));
        var blind = Array.FindIndex(sees, one => one[0] == 0);
        if (blind >= 0)
        {
            throw new ZfDeclException("ZF1570", $"rank {blind} on host {group.Hosts[blind]} does not see what rank 0 on host {group.Hosts[0]} writes there: ranks of this command write what they do into one folder. "
                + "Name one on a disk that all hosts mount, with `artifacts`", folder);
        }
    }

    /// <summary>What the record of a run keeps of its ranks; null for one alone.</summary>
    public static RunGroup? Recorded(RunContext context) => context.Group.IsAlone ? null : new(
        context.Group.Size, context.Group.Hosts,
        string.Join(' ', context.Settings.Used.Where(setting => setting.Name is "launch" or "hosts").Select(setting => setting.Value)), context.Group.Carrier);

    /// <summary>The number of this rank among those of its host.</summary>
    public static int NumberOnHost(IProcessGroup group) => group.Hosts.Take(group.Rank).Count(host => host == group.Hosts[group.Rank]);

    /// <summary>
    /// The threads that a rank computes with: the processors that it may use, shared with the ranks of its host that may use the same ones; a launcher gives each processors of its own, or all the same.
    /// </summary>
    public static int Threads(IProcessGroup group)
    {
        var own = $"{group.Hosts[group.Rank]} {Processors()}";
        var sharing = group.Gather(Encoding.UTF8.GetBytes(own)).Count(other => Encoding.UTF8.GetString(other) == own);
        return Math.Max(1, Environment.ProcessorCount / sharing);
    }

    private static string Processors()
    {
        const string Status = "/proc/self/status", Key = "Cpus_allowed_list:";
        return File.Exists(Status) ? File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal)) ?? "" : "";
    }
}
