using ZfDecl.Data.Batching;
using ZfDecl.Files;
using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Runs;

/// <summary>A run that has weights to look at.</summary>
/// <param name="Path">Its folder.</param>
/// <param name="Record">What its <c>run.json</c> says. Its <see cref="RunRecord.Finished"/> is null where the run goes on still, or was killed.</param>
/// <param name="WeightsPath">Its best weights.</param>
/// <param name="Statistics">What its images were preprocessed with.</param>
public sealed record FinishedRun(string Path, RunRecord Record, string WeightsPath, ImageStatistics Statistics)
{
    /// <summary>The finished run in a folder, where it is the very training that somebody asks for again.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="now">The record that a new run would have.</param>
    /// <param name="info">The network.</param>
    /// <returns>Null where there is none, or one with other settings, seed, data or spec.</returns>
    /// <exception cref="ZfDeclException">ZF1202, ZF1208: its record is damaged.</exception>
    public static FinishedRun? Find(string path, RunRecord now, NetworkInfo info)
    {
        var record = System.IO.Path.Combine(path, RunDirectory.RecordName);
        if (!File.Exists(record) || !RunDirectory.HasWeights(path) || RunRecord.Read(record) is not { Finished: not null } then)
            return null;
        return RunComparison.Differences(then, specThen: null, now, info.ResolvedSpec).Any() ? null : RunDirectory.OpenFinished(path);
    }

    /// <summary>Makes the network with the run's number of classes, and its weights.</summary>
    /// <param name="entry">The network that was trained.</param>
    /// <param name="log">Hears it where the spec has changed since.</param>
    /// <returns>The network on the CPU, in evaluation mode; the caller disposes it.</returns>
    /// <exception cref="ZfDeclException">ZF1226: the weights are not those that the run has ended with; ZF1482: the record names another number of classes than the weights tell apart; ZF1203: the weights do not fit the network; ZF1201, ZF1202: they cannot be read.</exception>
    public ConvNet LoadNetwork(NetworkEntry entry, IRunLog log)
    {
        if (entry.Info.SpecHash != Record.SpecHash)
            log.Warn("ZF1209", $"the spec of '{entry.Info.Name}' has changed since run '{Path}' was trained; its {RunDirectory.SpecName} is the older one", entry.Info.SpecFile);
        if (Record.WeightsSha256 is { } written && RegularFile.Sha256(WeightsPath) != written)
            throw new ZfDeclException("ZF1226", $"'{WeightsPath}' is not what the run has ended with: it was changed or damaged since. Bring it back from a copy, or train again", WeightsPath);
        var classes = WeightsFile.Classes(WeightsPath, entry.Info);
        if (classes != Record.Classes.Count)
            throw new ZfDeclException("ZF1482", $"the record of run '{Path}' names {Record.Classes.Count} classes, but its weights tell {classes} apart, so it is not known which is which; take both from one copy of the run, or train again", WeightsPath);
        var network = entry.Create(classes);
        try
        {
            WeightsFile.LoadInto(WeightsPath, network);
            network.eval();
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }
}
