namespace ZfDecl.Endurance.Faults;

/// <summary>A command that is killed or fails at each of its operations.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Verb">The verb and its settings.</param>
/// <param name="Before">The commands that have run before it, each a verb and its settings; itself among them where what it replaces is to be there.</param>
public sealed record Scenario(string Name, string[] Verb, params string[][] Before)
{
    /// <summary>The folder of trainings that nothing is left of at the end.</summary>
    public const string GoneAtTheEnd = "scratch";

    private static readonly string[] Training = ["train", "--epochs=2", "--batch=16"];
    private static readonly string[] Pictures = ["visualize", "--layers=conv1", "--maps=1+3", "--top=2"];
    private static readonly string[] Evaluation = ["evaluate"];
    private static readonly string[] Page = ["report"];
    private static readonly string[] Occlusion = ["occlude", "--image=0", "--size=14", "--stride=14"];

    /// <summary>Of a command that takes long and whose operations repeat, as an epoch's do, each how manyth is tried: a prime, so that of many repetitions each operation is met.</summary>
    public int Every { get; init; } = 1;

    /// <summary>The most operations of a repetition beyond those that were left: of a training whose epochs are gone at the end, those of an epoch and of opening it.</summary>
    public int MostAgain { get; init; } = int.MaxValue;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("train", Training),
        new("visualize", Pictures, Training),
        new("visualize again", ["visualize", "--layers=conv1", "--maps=2", "--top=1"], Training, Pictures),
        new("report", Page, Training, Pictures, Evaluation),
        new("report again", Page, Training, Pictures, Evaluation, Page),
        new("evaluate", Evaluation, Training),
        new("occlude", Occlusion, Training),
        new("shard", [.. Pictures, "--shard=1/2"], Training),
        new("transfer", ["transfer", "--per-class=1+2", "--folds=1", "--run=untrained", "--scratch=no", "--classes=0-3"]),
        new("transfer from scratch", ["transfer", "--per-class=1", "--folds=1", "--run=untrained", "--classes=0-1"]) { Every = 23, MostAgain = 100 },
    ];
}
