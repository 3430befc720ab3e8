namespace ZfDecl.Runs;

/// <summary>What one epoch of training came to: a row of <c>metrics.csv</c>.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="LearningRate">The rate of its last step.</param>
/// <param name="TrainLoss">Mean cross-entropy over its training images, as they were met: while learning, varied and with dropout, and with the recipe's class weights.</param>
/// <param name="TrainError">The share of them that were classified wrongly; 0 … 1.</param>
/// <param name="ValLoss">Mean cross-entropy over the validation images after the epoch.</param>
/// <param name="ValTop1Error">The share of validation images whose class is not the strongest; 0 … 1.</param>
/// <param name="ValTop5Error">The share of validation images whose class is not among the five strongest; 0 … 1.</param>
/// <param name="ImagesPerSecond">Training images a second, validation not counted.</param>
/// <param name="Seconds">How long the epoch took, validation counted.</param>
public sealed record EpochMetrics(
    int Epoch,
    double LearningRate,
    double TrainLoss,
    double TrainError,
    double ValLoss,
    double ValTop1Error,
    double ValTop5Error,
    double ImagesPerSecond,
    double Seconds)
{
    /// <summary>The names of the columns, separated by commas.</summary>
    public const string CsvHeader = "epoch,learning_rate,train_loss,train_error,val_loss,val_top1_error,val_top5_error,images_per_second,seconds";

    /// <summary>
    /// The epoch whose weights are kept: the one with the lowest validation error; of those, as there are where few images validate, the one with the lowest validation loss, the first of
    /// equals. Null where there is none.
    /// </summary>
    public static EpochMetrics? Best(IEnumerable<EpochMetrics> epochs) => epochs.MinBy(epoch => (epoch.ValTop1Error, epoch.ValLoss));

    /// <summary>The values in the order of <see cref="CsvHeader"/>, with six significant digits.</summary>
    public string ToCsv() => FormattableString.Invariant(
        $"{Epoch},{LearningRate:G6},{TrainLoss:G6},{TrainError:G6},{ValLoss:G6},{ValTop1Error:G6},{ValTop5Error:G6},{ImagesPerSecond:G6},{Seconds:G6}");
}
