using ZfDecl.Cli.Configuration;
using ZfDecl.Data.Layouts;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;

namespace ZfDecl.Cli.Studies;

/// <summary>The images that the jobs of a study are trained on.</summary>
/// <param name="context">The study's.</param>
internal sealed class StudyImages(RunContext context)
{
    private readonly Dictionary<(string Folder, string? Classes, double? Holdout, int Seed, string Decoded), (string Hash, string Description)> known = [];

    /// <summary>Opens those of a job; the caller disposes them.</summary>
    /// <exception cref="ZfDeclException">They cannot be read (ZF11xx), or nobody has named any (ZF1004).</exception>
    public ImageData Open(StudyJob job) =>
        ImageFolder.Open(Folder(job), new(job.Network.Input, job.Network.Recipe.Preprocess, job.Seed, new SilentLog()) { Holdout = Holdout(job), ListRoot = For(job).ListRoot() }).Only(Classes(job));

    /// <summary>The SHA-256 of a job's data and a line on it. They are looked at once for each seed, which may divide them, and each size at which they are kept.</summary>
    /// <exception cref="ZfDeclException">They cannot be read (ZF11xx), or nobody has named any (ZF1004).</exception>
    public (string Hash, string Description) Of(StudyJob job)
    {
        var key = (Folder(job), Classes(job), Holdout(job), job.Seed, $"{job.Network.Input} {job.Network.Recipe.Preprocess.Resize} {job.Network.Recipe.Preprocess.Fit}");
        if (known.TryGetValue(key, out var found))
            return found;
        using var data = Open(job);
        return known[key] = (data.Hash, data.Description);
    }

    private string Folder(StudyJob job) => For(job).Data(job.Network);

    private string? Classes(StudyJob job) => For(job).Classes();

    private double? Holdout(StudyJob job) => For(job).Holdout();

    private RunContext For(StudyJob job) => context with { Settings = new(job.Settings) };
}
