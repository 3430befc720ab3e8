using System.CommandLine;
using ZfDecl.Cli.Configuration;
using ZfDecl.Generators.Language;

namespace ZfDecl.Cli;

/// <summary>What the host understands: its verbs, each with the settings that it takes. The others are accepted too, so that the verb can say that they change nothing.</summary>
internal static class CommandLine
{
    /// <summary>The assembly of the declared networks: read before anything else, see <see cref="Loading.NetworkAssembly"/>.</summary>
    public static Option<string> Networks { get; } = new(OptionNames.Networks) { Description = "The assembly that the specs were compiled into.", Recursive = true };

    /// <summary>The folder of the project, or of the repository.</summary>
    public static Option<string> RootFolder { get; } = new("--root")
    {
        Description = "The folder that holds specs and artifacts.",
        DefaultValueFactory = _ => Environment.CurrentDirectory,
        Recursive = true,
    };

    /// <summary>Whether the end of the standard input asks the verb to save and leave: a process that is started by another ends with it, however that ends.</summary>
    public static Option<bool> UntilInputEnds { get; } = new(OptionNames.UntilInputEnds) { Hidden = true, Recursive = true };

    /// <summary>The command line, with the verbs tied to what runs them.</summary>
    public static RootCommand Root(Func<Verb, ParseResult, int> run)
    {
        var root = new RootCommand("Trains, visualises and checks the networks declared under specs/.");
        root.Options.Add(Networks);
        root.Options.Add(RootFolder);
        root.Options.Add(UntilInputEnds);
        foreach (var verb in Verbs.All)
        {
            var command = new Command(verb.Name, verb.Summary);
            foreach (var key in verb.Settings)
                command.Options.Add(new Option<string>(OptionNames.Of(key.Name)) { Description = Describe(key), HelpName = "value" });
            foreach (var key in Verbs.Settings.ExceptBy(verb.Settings.Select(own => own.Name), key => key.Name))
                command.Options.Add(new Option<string>(OptionNames.Of(key.Name)) { Hidden = true });
            command.SetAction(parsed => run(verb, parsed));
            root.Subcommands.Add(command);
        }
        return root;
    }

    /// <summary>The settings that a command line gives, by name.</summary>
    public static Dictionary<string, string> Given(ParseResult parsed) =>
        parsed.CommandResult.Command.Options.OfType<Option<string>>().Where(option => !string.IsNullOrEmpty(parsed.GetValue(option)))
            .ToDictionary(option => option.Name == OptionNames.ListRoot ? "root" : option.Name[2..], option => parsed.GetValue(option)!);

    private static string Describe(Key key) => $"{key.Summary} ({key.TypedAllowed}{(key.HasDefault && key.Show(key.DefaultValue) is { Length: > 0 } value ? $"; {value} where left out" : "")})";
}
