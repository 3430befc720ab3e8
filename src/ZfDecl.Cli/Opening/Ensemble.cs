using ZfDecl.Cli.Configuration;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;

namespace ZfDecl.Cli.Opening;

/// <summary>Several runs that classify the same images together.</summary>
/// <param name="Members">The opened runs, at least two; owned by this record.</param>
internal sealed record Ensemble(IReadOnlyList<OpenedRun> Members) : IDisposable
{
    /// <summary>The names of the members, <c>Spec/run</c>.</summary>
    public IReadOnlyList<string> Names => [.. Members.Select(member => $"{member.Source.Entry.Info.Name}/{member.Source.Name}")];

    /// <summary>Opens the runs that the setting <c>runs</c> names.</summary>
    /// <param name="context">The verb's.</param>
    /// <param name="given">Runs of the network that is named, or <c>Spec/run</c>, with plus signs between.</param>
    /// <param name="ask">Asks for the verb's own settings, so that those of each member show them.</param>
    /// <exception cref="ZfDeclException">ZF1474: they do not go together; ZF1207: there is no such run; ZF1002: no such network.</exception>
    public static Ensemble Open(RunContext context, string given, Action<Settings> ask)
    {
        string[] names = [.. given.Split(['+', ',', ';', ' '], StringSplitOptions.RemoveEmptyEntries).Distinct()];
        if (names.Length < 2)
            throw new ZfDeclException("ZF1474", $"-p:Runs={given}: give two runs at least, such as a+b or Fashion/a+Pictures/b; -p:Run= is for one");
        var members = new List<OpenedRun>();
        try
        {
            foreach (var name in names)
            {
                var parts = name.Split('/');
                if (parts.Length > 2)
                    throw new ZfDeclException("ZF1474", $"-p:Runs={given}: '{name}' is neither the name of a run nor <Spec>/<run>");
                var own = context with { Settings = context.Settings.For(parts.Length == 2 ? parts[0] : context.Network(lookedAt: parts[^1]).Info.Name, parts[^1]) };
                ask(own.Settings);
                members.Add(OpenedRun.Open(own, TrainedRun.Choose(own), whole: true));
            }
            Check(members);
            return new(members);
        }
        catch
        {
            foreach (var member in members)
                member.Dispose();
            throw;
        }
    }

    /// <summary>Frees all members.</summary>
    public void Dispose()
    {
        foreach (var member in Members)
            member.Dispose();
    }

    private static void Check(List<OpenedRun> members)
    {
        var first = members[0];
        foreach (var other in members.Skip(1))
        {
            if (other.Classes.Count != first.Classes.Count || ClassMapping.Of(other.Classes, first.Classes).Strange.Count > 0)
                throw Apart(first, other, $"has the classes {string.Join(", ", other.Classes.Take(10))}, not {string.Join(", ", first.Classes.Take(10))}", "Only networks with the same classes can be averaged");
            if (other.Data.Hash != first.Data.Hash)
                throw Apart(first, other, "looks at other images", "Give one folder with -p:Data=…; where it is not divided, the runs need the same seed as well");
        }
    }

    private static ZfDeclException Apart(OpenedRun first, OpenedRun other, string finding, string remedy) =>
        new("ZF1474", $"run '{other.Source.Name}' of {other.Source.Entry.Info.Name} {finding}, unlike '{first.Source.Name}' of {first.Source.Entry.Info.Name}. {remedy}");
}
