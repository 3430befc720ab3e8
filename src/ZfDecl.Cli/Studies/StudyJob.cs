using System.Security.Cryptography;
using System.Text;
using ZfDecl.Cli.Configuration;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Runs;

namespace ZfDecl.Cli.Studies;

/// <summary>One training of a study: a row with a seed. It is an ordinary run.</summary>
internal sealed class StudyJob
{
    /// <param name="row">What is trained.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="run">The name of the run.</param>
    /// <param name="settings">What Train is given, by the names of the host's settings.</param>
    /// <exception cref="ZfDeclException">ZF1003: a value of the recipe is not allowed.</exception>
    public StudyJob(StudyRow row, int seed, string run, IReadOnlyDictionary<string, string> settings)
    {
        (Row, Seed, Run, Settings) = (row, seed, run, settings);
        var asked = new Settings(settings);
        var recipe = RecipeSettings.Of(asked, row.Network.Info).Train;
        asked.Check();
        (Epochs, Batch) = (recipe.Epochs, recipe.Batch);
        Recipe = asked.Used.Where(setting => RecipeSettings.Keys.Any(key => key.Name == setting.Name)).ToDictionary(setting => setting.Name, setting => setting.Value);
    }

    /// <summary>What is trained.</summary>
    public StudyRow Row { get; }

    /// <summary>The seed.</summary>
    public int Seed { get; }

    /// <summary>The name of the run.</summary>
    public string Run { get; }

    /// <summary>What Train is given, by the names of the host's settings.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>The recipe as the run's record keeps it, with the row's own values.</summary>
    public IReadOnlyDictionary<string, string> Recipe { get; }

    /// <summary>Passes over the training set.</summary>
    public int Epochs { get; }

    /// <summary>Images in a batch.</summary>
    public int Batch { get; }

    /// <summary>What people call it: <c>without 3, 4, seed 1</c>.</summary>
    public string Title => FormattableString.Invariant($"{Row.Label}, seed {Seed}");

    /// <summary>The network.</summary>
    public NetworkInfo Network => Row.Network.Info;

    /// <summary>Passes times multiply-adds: jobs with one data set take times in this ratio, roughly.</summary>
    public double Work => (double)Epochs * Network.MultiplyAdds;

    /// <summary>
    /// What its result is kept under, so that a changed recipe, network or data set is another. The number of threads is left out: it decides the last bits of the
    /// weights and nothing else, so a finished row is not repeated for it.
    /// </summary>
    /// <param name="dataHash">SHA-256 of its data.</param>
    public string Key(string dataHash)
    {
        var identity = string.Join('\n', [Network.SpecHash, dataHash, .. Recipe.Select(setting => $"{setting.Key} {setting.Value}")]);
        return $"{Run} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..8]}";
    }

    /// <summary>Whether a run of its name, finished or not, is this training.</summary>
    /// <param name="run">Its record.</param>
    /// <param name="dataHash">SHA-256 of the job's data.</param>
    public bool IsOf(RunRecord run, string dataHash) =>
        run.SpecHash == Network.SpecHash && run.Seed == Seed && run.DataHash == dataHash && Recipe.All(setting => run.Setting(setting.Key) == setting.Value);

    /// <summary>The same job with some settings that decide nothing of its result but the last bits.</summary>
    public StudyJob With(string name, string value) => With(new Dictionary<string, string>(Settings) { [name] = value });

    /// <summary>The same job with all of these settings instead of its own.</summary>
    public StudyJob With(IReadOnlyDictionary<string, string> settings) => new(Row, Seed, Run, settings);
}
