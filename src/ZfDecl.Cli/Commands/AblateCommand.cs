using ZfDecl.Cli.Studies;
using ZfDecl.Generators.Reading;
using ZfDecl.Runs;

namespace ZfDecl.Cli.Commands;

/// <summary><c>-t:Ablate</c>: trains the networks of a study file, and compares them.</summary>
internal static class AblateCommand
{
    private const string UsualStudy = "fashion-ablations";

    public static int Run(RunContext context)
    {
        var folder = Path.Combine(context.Root, "specs", "studies");
        var name = context.Settings.Text("study", UsualStudy);
        var path = File.Exists(name) ? name : Path.Combine(folder, name.EndsWith(".yaml", StringComparison.Ordinal) ? name : name + ".yaml");
        if (!File.Exists(path))
        {
            string[] shipped = Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)] : [];
            throw new ZfDeclException("ZF1470", $"-p:Study={name}: there is no study of that name{(shipped.Length == 0 ? "; write one into specs/studies" : Nearest.Hint(name, shipped))}", path);
        }
        var (study, errors) = StudyFile.Read(path, context.Networks);
        foreach (var error in errors)
            context.Log.Error(error.Code, error.Message, error.File);
        if (study is null)
            return 1;
        return new StudyRunner(context, study with { Seeds = context.Settings.IsGiven("seed") ? context.Settings.WholeNumbers("seed", study.Seeds, min: 0) : study.Seeds }, "Ablate").Run();
    }
}
