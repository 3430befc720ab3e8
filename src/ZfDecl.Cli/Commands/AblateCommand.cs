using ZfDecl.Cli.Studies;

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
        var (study, errors) = StudyFile.Read(path, context.Networks);
        foreach (var error in errors)
            context.Log.Error(error.Code, error.Code == "ZF1470" ? $"{error.Message} There are {Shipped(folder)}" : error.Message, error.File);
        return study is null ? 1 : new StudyRunner(context, study, "Ablate").Run();
    }

    private static string Shipped(string folder) =>
        !Directory.Exists(folder) ? "no studies under specs/studies" : string.Join(", ", Directory.GetFiles(folder, "*.yaml").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));
}
