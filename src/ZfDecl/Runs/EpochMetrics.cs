using System.Globalization;

namespace ZfDecl.Runs;

/// <summary>What one epoch of training came to: a row of <c>metrics.csv</c>.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="LearningRate">The rate of its last step.</param>
/// <param name="TrainLoss">Mean cross-entropy over its training images, as they were met: while learning, varied and with dropout.</param>
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

    /// <summary>The values in the order of <see cref="CsvHeader"/>, with six significant digits.</summary>
    public string ToCsv() => FormattableString.Invariant(
        $"{Epoch},{LearningRate:G6},{TrainLoss:G6},{TrainError:G6},{ValLoss:G6},{ValTop1Error:G6},{ValTop5Error:G6},{ImagesPerSecond:G6},{Seconds:G6}");

    /// <summary>Reads the rows of a <c>metrics.csv</c>.</summary>
    /// <exception cref="ZfDeclException">ZF1202: the file cannot be read; ZF1216: it is no such table.</exception>
    public static IReadOnlyList<EpochMetrics> ReadCsv(string path)
    {
        try
        {
            var lines = File.ReadAllLines(path);
            if (lines.FirstOrDefault() != CsvHeader)
                throw new ZfDeclException("ZF1216", $"'{path}' is no table of epochs: its first line has to be '{CsvHeader}'", path);
            return [.. lines.Skip(1).Select((line, index) => Parsed(line)
                ?? throw new ZfDeclException("ZF1216", $"'{path}' is damaged: line {index + 2}, '{line}', is not {CsvHeader.Split(',').Length} numbers", path))];
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new ZfDeclException("ZF1202", $"cannot read '{path}': {cause.Message}", path, cause);
        }
    }

    private static EpochMetrics? Parsed(string row)
    {
        var values = Array.ConvertAll(row.Split(','), text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN);
        return values is [var epoch and >= 1 and <= int.MaxValue, var rate, var trainLoss, var trainError, var valLoss, var top1, var top5, var speed, var seconds] && values.All(double.IsFinite)
            ? new((int)epoch, rate, trainLoss, trainError, valLoss, top1, top5, speed, seconds)
            : null;
    }
}
