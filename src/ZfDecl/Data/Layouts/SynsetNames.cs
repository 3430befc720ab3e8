using ZfDecl.Data.Sets;
using ZfDecl.Files;
using ZfDecl.Messages;

namespace ZfDecl.Data.Layouts;

/// <summary>
/// Readable names of synsets, from whichever file of a copy of ImageNet has them: <c>LOC_synset_mapping.txt</c> (Kaggle), <c>synset_words.txt</c> (Caffe),
/// <c>words.txt</c> (Tiny ImageNet) or the devkit's <c>meta.mat</c>. A line is the synset, a space or tab, and its names with commas between.
/// </summary>
internal static class SynsetNames
{
    private static readonly string[] Files = ["LOC_synset_mapping.txt", "synset_words.txt", "words.txt"];

    /// <summary>What calls a synset by its number and its first name, <c>n01440764 tench</c>, or by its number alone where no name is known.</summary>
    /// <param name="candidates">The folders that may hold a file of names, the likeliest first.</param>
    /// <exception cref="ZfDeclException">ZF1184: the devkit's meta.mat is damaged.</exception>
    public static Func<string, string> Find(IReadOnlyList<string> candidates)
    {
        var file = candidates.SelectMany(candidate => Files.Select(name => Path.Combine(candidate, name))).FirstOrDefault(File.Exists);
        var names = file is not null ? Read(file) : ImageNetDevkit.Find(candidates) is { Meta: { } meta } ? ImageNetDevkit.ReadSynsets(meta).ToDictionary(synset => synset.Id, synset => synset.Words) : [];
        return id => names.TryGetValue(id, out var words) && FirstOf(words) is { Length: > 0 } first ? $"{id} {first}" : id;
    }

    /// <summary>The synsets of a file, in the order of its lines; lines that begin with none do not count.</summary>
    public static IEnumerable<string> Ids(string file) => RegularFile.ReadInputLines(file).Select(line => line.Trim()).Where(line => line.Length >= 9).Select(line => line[..9]).Where(ClassName.IsSynset);

    private static Dictionary<string, string> Read(string file)
    {
        var names = new Dictionary<string, string>();
        foreach (var line in RegularFile.ReadInputLines(file))
        {
            if (line.Length > 10 && ClassName.IsSynset(line[..9]) && line[9] is ' ' or '\t')
                names.TryAdd(line[..9], line[10..]);
        }
        return names;
    }

    private static string FirstOf(string words) => words.Split(',')[0].Trim();
}
