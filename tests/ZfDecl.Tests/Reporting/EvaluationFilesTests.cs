using ZfDecl.Analyses.Evaluate;
using ZfDecl.Findings;
using ZfDecl.Measures;
using ZfDecl.Tests.Files;

namespace ZfDecl.Tests.Reporting;

public sealed class EvaluationFilesTests
{
    private static readonly Classification Classification = new(["hat, red", "\"boot\"", "bag"],
    [
        Prediction.Of(0, "train/hat/1.png", 0, [0.7, 0.2, 0.1]),
        Prediction.Of(1, "train/hat/2,3.png", 0, [0.25, 0.5, 0.25]),
        Prediction.Of(2, "train/boot/1.png", 1, [0, 1 - 1e-9, 1e-9]),
    ]);

    [Fact]
    public void EveryImageIsARowAndMissingRanksAreEmpty() => Snapshot.Text(EvaluationFiles.Predictions(Classification), "csv");

    [Fact]
    public void EveryClassIsARowAndOneWithoutImagesHasNoAccuracy() => Snapshot.Text(EvaluationFiles.Classes(Classification), "csv");

    [Fact]
    public void TheConfusionMatrixHasTheClassesOnBothSides() => Snapshot.Text(EvaluationFiles.Confusion(Classification), "csv");

    [Fact]
    public void AllFilesAreThereAndTheSummarySaysWhatWasEvaluated()
    {
        using var folder = new TemporaryFolder();
        EvaluationFiles.Write(folder.Path, Classification, new()
        {
            Spec = "Small",
            Runs = ["default"],
            Epochs = [3],
            Data = "three images",
            DataHash = "d",
            Split = "validation",
            Crops = 2,
            Images = 3,
            Classes = 3,
            Top1Error = Classification.Top1Error,
            Top5Error = Classification.Top5Error,
            Figures = AccuracyFigures.Of(Classification.Matrix),
            Loss = Classification.Loss,
            Seconds = 1.5,
            Evaluated = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc),
        });

        Assert.Equal(["classes.csv", "confusion.csv", "confusion.png", "confusion.svg", "predictions.csv", "section.json", "summary.json"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
        Snapshot.Text(Seals.Blanked(File.ReadAllText(folder["summary.json"])), "json");
        var section = ReportSection.Read(folder.Path)!;
        Assert.Contains("66.67 % right", section.Text[0], StringComparison.Ordinal);                 // two of the three
        Assert.All([.. section.Figures.Select(figure => figure.File), .. section.Tables.Select(table => table.File)], file => Assert.True(File.Exists(folder[file])));
    }
}
