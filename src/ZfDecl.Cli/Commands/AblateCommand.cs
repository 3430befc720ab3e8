using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Studies;
using ZfDecl.Distributed;
using ZfDecl.Generators.Primitives;
using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Cli.Commands;

/// <summary><c>-t:Ablate</c>: trains the networks of a study file, and compares them.</summary>
internal static class AblateCommand
{
    public static int Run(RunContext context)
    {
        var specs = new SpecFolder(context.Specs);
        var network = context.Settings.IsGiven(SettingTable.Study) ? null : context.Network();
        var name = context.Settings.Value(SettingTable.Study, network is null ? "" : UsualFor(network));
        if (Find(specs, name) is not { } path)
        {
            var shipped = specs.Studies;
            throw new ZfDeclException("ZF1470", network is null
                ? $"-p:Study={name}: there is no study of that name{(shipped.Length == 0 ? $"; write one into specs/studies: a study is {SpecFolder.Rule}" : Nearest.Hint(name, shipped))}"
                : $"there is no study of {network.Info.Name}; write one into specs/studies, or name another{(shipped.Length == 0 ? "" : $", one of {string.Join(", ", shipped)},")} with -p:Study=…", Path.Combine(specs.Path, "studies", name + ".yaml"));
        }
        var (study, errors) = StudyFile.Read(path, context.Networks);
        foreach (var error in errors)
            context.Log.Error(error.Code, error.Message, error.File);
        if (study is null)
            return context.Group.IsAlone ? 1 : throw (context.Group.Rank == 0 ? new(GroupFailure.Ended, "the study has errors") : errors[0]);
        return new StudyRunner(context, study with { Seeds = context.Settings.IsGiven(SettingTable.Seeds) ? context.Settings.Value(SettingTable.Seeds, new(study.Seeds)) : study.Seeds }, "Ablate", TrainCommand.Run).Run();
    }

    /// <summary>The file of a study: it, or one of that name, rather among the studies than among the specs, where a study's networks may lie in a file called like it. Null where there is none.</summary>
    internal static string? Find(SpecFolder specs, string name) => File.Exists(name) ? name : specs.Find($"studies/{name}") ?? specs.Find(name);

    /// <summary>The study of a network where none is named: the one that is called like its spec file.</summary>
    private static string UsualFor(NetworkEntry network) => $"{Path.GetFileNameWithoutExtension(network.Info.SpecFile)}-ablations";
}
