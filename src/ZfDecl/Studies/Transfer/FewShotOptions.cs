namespace ZfDecl.Studies.Transfer;

/// <summary>The protocol of Caltech-101 and Caltech-256, as Zeiler &amp; Fergus 2014, §5.2 follow it.</summary>
internal sealed record FewShotOptions
{
    /// <summary>Training images of each class, a row of the table each; each at least 1.</summary>
    public IReadOnlyList<int> PerClass { get; init; } = [5, 15, 30, 60];

    /// <summary>How often everything is done, each time with other images; at least 1.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>The most test images of a class; at least 1.</summary>
    public int MostTestImages { get; init; } = 50;

    /// <summary>Decides which images a fold draws, and everything else that is random.</summary>
    public int Seed { get; init; } = 1;
}
