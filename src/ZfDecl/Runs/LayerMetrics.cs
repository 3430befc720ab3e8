namespace ZfDecl.Runs;

/// <summary>What one epoch made of one conv layer: a row of <c>layers.csv</c>.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Layer">The layer's name.</param>
/// <param name="LargestFilterRms">The largest root mean square of the weights of one of its output maps.</param>
/// <param name="DeadMaps">
/// Maps that, behind their relu, are positive nowhere in some validation images, evenly spread over all of them: as many as a hundredth of the training
/// images, but 64 at least and 256 at most.
/// </param>
public sealed record LayerMetrics(int Epoch, string Layer, double LargestFilterRms, int DeadMaps)
{
    /// <summary>The names of the columns, separated by commas.</summary>
    public const string CsvHeader = "epoch,layer,largest_filter_rms,dead_maps";

    /// <summary>The values in the order of <see cref="CsvHeader"/>, with six significant digits.</summary>
    public string ToCsv() => FormattableString.Invariant($"{Epoch},{Layer},{LargestFilterRms:G6},{DeadMaps}");
}
