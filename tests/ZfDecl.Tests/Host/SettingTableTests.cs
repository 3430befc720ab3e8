using System.Globalization;
using System.Text;
using ZfDecl.Cli;
using ZfDecl.Cli.Configuration;
using ZfDecl.Generators.Language;
using ZfDecl.Models;
using ZfDecl.Networks.Recipes;
using Settings = ZfDecl.Cli.Configuration.Settings;

namespace ZfDecl.Tests.Host;

/// <summary>What is made from the table of settings, and what its keys are made of.</summary>
public class SettingTableTests
{
    public static TheoryData<string> RecipeKeys => [.. RecipeSettings.Keys.Select(key => key.Name)];

    [Fact]
    public void TheBuildChecksSettingsByTheSameTable()
    {
        var table = new StringBuilder("# Property, option of the host, verbs that take it, rule of its values, and the same in words; of a key that is the spec's alone, no option and no verbs, its section, and its name. Written from the table of settings: ZFDECL_APPROVE=1 dotnet test tests/ZfDecl.Tests\n");
        foreach (var (key, verbs) in Forms())
            table.Append(CultureInfo.InvariantCulture, $"{Settings.Property(key.Name)[3..]}\t{OptionNames.Of(key.Name)}\t{string.Join(' ', verbs.Select(verb => verb.Name))}\t{key.Rule}\t{key.TypedAllowed}\n");
        foreach (var key in RecipeSettings.OfSpec)
            table.Append(CultureInfo.InvariantCulture, $"{Settings.Property(key.Name)[3..]}\t\t\t{PreprocessKeys.Section.Word}\t{key.Name}\n");
        Approved.Check("src/ZfDecl.Cli/build/settings.tsv", table.ToString());
    }

    [Fact]
    public void HelpNamesTheVerbsByTheirTable() => Approved.Check("src/ZfDecl.Cli/build/verbs.tsv",
        "# Target and what it does. Written from the table of verbs: ZFDECL_APPROVE=1 dotnet test tests/ZfDecl.Tests\n"
        + string.Concat(Verbs.All.Select(verb => $"{Settings.Property(verb.Name)[3..]}\t{verb.Summary}\n")) + "Help\tNames the verbs.\n");

    [Fact]
    public void TheSettingsAreDocumentedFromTheirTable()
    {
        var page = new StringBuilder("""
            # Settings

            Every setting and where it comes from is printed at the start of a run, and kept in its `run.json`. A property overrides it for one run: `dotnet msbuild -t:Train -p:LearningRate=0.02`.
            A property that is wrong, or nearly a setting, is an error before anything is built; one that a command does not take is named at its end. `--help` of a command lists its own.
            Case does not matter in words; where several are possible, a plus sign stands between.

            """);
        Append("The recipe", "A spec has these in `train:`, `preprocess:` and `visualize:`, a row of a study beside its label, and `-p:Sweep=` combines them. The first word is the spec's. "
            + $"The others of `preprocess:`, {string.Join(", ", RecipeSettings.OfSpec.Select(key => $"`{key.Name}`"))}, decide what a network sees of every image, so that no run can have them otherwise: a variant of the spec can.", isOfRecipe: true);
        Append("Runs and commands", "", isOfRecipe: false);
        Approved.Check("docs/settings.md", page.ToString());

        void Append(string title, string text, bool isOfRecipe)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n{(text.Length > 0 ? text + "\n\n" : "")}{(isOfRecipe ? "| key " : "")}| property | what it is | allowed | default | commands |\n{(isOfRecipe ? "|---" : "")}|---|---|---|---|---|\n");
            foreach (var (key, verbs) in Forms().Where(form => RecipeSettings.Keys.Concat(VisualizeKeys.Section.Keys).Contains(form.Key) == isOfRecipe))
            {
                page.Append(CultureInfo.InvariantCulture, $"{(isOfRecipe ? $"| `{key.Name}` " : "")}| `{Settings.Property(key.Name)[3..]}` | {key.Summary} | {key.TypedAllowed} ");
                page.Append(CultureInfo.InvariantCulture, $"| {(key.HasDefault ? $"`{key.Show(key.DefaultValue)}`" : "")} | {string.Join(", ", verbs.Select(verb => Settings.Property(verb.Name)[3..]))} |\n");
            }
        }
    }

    [Fact]
    public void AVerbTakesNoSettingTwice() =>
        Assert.All(Verbs.All, verb => Assert.Equal(verb.Settings.Count, verb.Settings.Select(key => key.Name).Distinct().Count()));

    [Theory]
    [MemberData(nameof(RecipeKeys))]
    public void AKeysDefaultIsReadFromWhatItShowsAndStandsInItsRecord(string name)
    {
        var key = RecipeSettings.Keys.Single(key => key.Name == name);
        var recipe = DeclaredNetworks.All[0].Info.Recipe;
        object section = TrainKeys.Section.Keys.Contains(key) ? recipe.Train with { } : recipe.Preprocess with { };

        Assert.True(key.TryReadTyped(key.Show(key.DefaultValue), out var read));
        Assert.Equal(key.DefaultValue, read);
        RecipeValues.Set(section, key, key.DefaultValue);
        Assert.Equal(key.DefaultValue, RecipeValues.Get(section, key));
    }

    [Fact]
    public void EveryPropertyOfARecipesRecordIsAKey()
    {
        foreach (var (section, record) in new[] { (TrainKeys.Section, typeof(TrainingRecipe)), (PreprocessKeys.Section, typeof(PreprocessRecipe)), (VisualizeKeys.Section, typeof(VisualizeRecipe)) })
            Assert.Equal(section.Keys.Select(key => key.Property).Order(StringComparer.Ordinal), record.GetProperties().Select(property => property.Name).Order(StringComparer.Ordinal));
    }

    /// <summary>Every setting in each form that verbs take it in, with these verbs.</summary>
    private static IEnumerable<(Key Key, IReadOnlyList<Verb> Verbs)> Forms() =>
        Verbs.Settings.SelectMany(first => Verbs.All.SelectMany(verb => verb.Settings.Where(key => key.Name == first.Name)).Distinct())
            .Select(key => (key, (IReadOnlyList<Verb>)[.. Verbs.All.Where(verb => verb.Settings.Contains(key))]));
}
