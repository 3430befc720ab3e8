using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Studies;
using ZfDecl.Generators.Primitives;
using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Cli.Commands;

/// <summary><c>-t:Ablate</c>: trains the networks of a study file, and compares them.</summary>
internal static class AblateCommand
{
    public static int Run(RunContext context)
    {
        var folder = Path.Combine(context.Root, "specs", "studies");
        var network = context.Settings.IsGiven(SettingTable.Study) ? null : context.Network();
        var name = context.Settings.Value(SettingTable.Study, network is null ? "" : UsualFor(network));
        var path = File.Exists(name) ? name : Path.Combine(folder, name.EndsWith(".yaml", StringComparison.Ordinal) ? name : name + ".yaml");
        if (!File.Exists(path))
        {
            string[] shipped = Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)] : [];
            throw new ZfDeclException("ZF1470", network is null
                ? $"-p:Study={name}: there is no study of that name{(shipped.Length == 0 ? "; write one into specs/studies" : Nearest.Hint(name, shipped))}"
                : $"there is no study of {network.Info.Name}; write one into specs/studies, or name another{(shipped.Length == 0 ? "" : $", one of {string.Join(", ", shipped)},")} with -p:Study=…", path);
        }
        var (study, errors) = StudyFile.Read(path, context.Networks);
        foreach (var error in errors)
            context.Log.Error(error.Code, error.Message, error.File);
        if (study is null)
            return 1;
        return new StudyRunner(context, study with { Seeds = context.Settings.IsGiven(SettingTable.Seeds) ? context.Settings.Value(SettingTable.Seeds, new(study.Seeds)) : study.Seeds }, "Ablate", TrainCommand.Run).Run();
    }

    /// <summary>The study of a network where none is named: the one that is called like its spec file.</summary>
    private static string UsualFor(NetworkEntry network) => $"{Path.GetFileNameWithoutExtension(network.Info.SpecFile)}-ablations";
}
