using ZfDecl.Networks;
using ZfDecl.Studies.Comparison;

namespace ZfDecl.Cli.Studies;

/// <summary>Trainings to compare.</summary>
/// <param name="Name">The name of its folder, and the beginning of its runs' names.</param>
/// <param name="Title">What is compared.</param>
/// <param name="Rows">The rows of its table, with different labels; at least one.</param>
/// <param name="Seeds">Every row is trained with each; at least one.</param>
/// <param name="Data">The folder of images, or the word of a built-in set; null for that of each spec.</param>
internal sealed record Study(string Name, string Title, IReadOnlyList<StudyRow> Rows, IReadOnlyList<int> Seeds, string? Data);

/// <summary>A row of a study.</summary>
/// <param name="Label">Its name in the table.</param>
/// <param name="Network">What is trained.</param>
/// <param name="Overrides">What Train is given beside it, by the names of the host's settings.</param>
/// <param name="Published">What a paper has found; null for nothing.</param>
/// <param name="Against">The label of the row that it is a change of; null for none.</param>
internal sealed record StudyRow(string Label, NetworkEntry Network, IReadOnlyDictionary<string, string> Overrides, PublishedErrors? Published = null, string? Against = null)
{
    /// <summary>The label as a part of a run's name: <c>without 3, 4</c> is <c>without-3-4</c>.</summary>
    public string Slug => string.Join('-', string.Concat(Label.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' ? letter : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries)).Trim('.');
}
