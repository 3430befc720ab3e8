using ZfDecl.Generators.Primitives;
using ZfDecl.Generators.Yaml;
using static ZfDecl.Generators.Language.Keys;

namespace ZfDecl.Generators.Language;

/// <summary>The keys of a study file: trainings to compare.</summary>
internal static class StudyKeys
{
    private const string Line = "one line of at most 1000 characters";

    /// <summary>The key that makes a file a study.</summary>
    public const string Word = "study";

    public static Key<string> Study { get; } = Of(Word, "Its title: what is compared.", new TextType(Line)).Required();
    public static Key<string> Data { get; } = Of("data", "The folder of images, relative to this file, or 'shapes'; that of each spec where left out.", new TextType("a folder")).Dependent();
    public static Key<EquatableArray<int>> Seeds { get; } = Of("seeds", "Every row is trained with each.", new ListType<int>(new IntegerType(0, int.MaxValue), seeds => string.Join(", ", seeds), least: 1)).Default(new([1]));
    public static Key<string> Extends { get; } = Of("extends", "The network that the study's own variants alter.", new TextType("the name of a network", NamePatterns.Network)).Dependent();
    public static Key<MapNode> Variants { get; } = Of("variants", "Networks of its own, as a spec has them: by name, each written as its differences.",
        new StructureType<MapNode>("a mapping such as { Thin: { change: { conv3: { maps: 24 } } } }", () => KeySchema.ByName(new() { { "$ref", "zfdecl.schema.json#/definitions/variant" } }))).Dependent();
    public static Key<ListNode> Rows { get; } = Of("rows", "The trainings that are compared, one a row.", new StructureType<ListNode>("a list of rows such as '- { label: wide, spec: Zf8 }'", () => KeySchema.List(KeySchema.Reference("row"), least: 1))).Required();

    public static Key<double> Train { get; } = Percent("train", "Top-1, on the training images.");
    public static Key<double> Val { get; } = Percent("val", "Top-1, on the validation images.");
    public static Key<double> Top5 { get; } = Percent("top5", "The first five, on the validation images.");

    /// <summary>The keys of <c>paper</c>.</summary>
    public static IReadOnlyList<Key> Errors { get; } = [Train, Val, Top5];

    public static Key<string> Label { get; } = Of("label", "Its name in the table, and in its runs' names.", new TextType(Line)).Required();
    public static Key<string> Spec { get; } = Of("spec", "The network: a declared one, or one of the study's own.", new TextType("the name of a network", NamePatterns.Network)).Required();
    public static Key<string> Against { get; } = Of("against", "The label of a row above, whose validation error is subtracted seed by seed.", new TextType("the label of a row above")).Dependent();
    public static Key<MapNode> Paper { get; } = Of("paper", "Errors in per cent that a paper has found, shown beside the row's own.", new StructureType<MapNode>("a mapping such as { train: 33.1, val: 38.4, top5: 16.5 }", () => KeySchema.Mapping(null, Errors, whole: false))).Dependent();

    /// <summary>The keys of the recipe that a run, and so a row, may set.</summary>
    public static IReadOnlyList<Key> Recipe { get; } = [.. TrainKeys.Section.Keys, .. PreprocessKeys.OfTraining];

    /// <summary>The keys of a row.</summary>
    public static IReadOnlyList<Key> Row { get; } = [Label, Spec, Against, Paper, .. Recipe];

    /// <summary>The keys of a file.</summary>
    public static IReadOnlyList<Key> Top { get; } = [Study, Data, Seeds, Extends, Variants, Rows];

    private static Key<double> Percent(string name, string summary) => Number(name, summary, 0, 100).Dependent();
}
