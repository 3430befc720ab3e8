using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ZfDecl.Cli.Configuration;
using ZfDecl.Files;
using ZfDecl.Messages;
using ZfDecl.Studies.Comparison;

namespace ZfDecl.Cli.Opening;

/// <summary>A study of one trained network, below the folder of its run.</summary>
/// <param name="Verb">For example <c>Transfer</c>.</param>
/// <param name="WeightsHash">Of the network.</param>
/// <param name="Threshold">The correlation from which an image counts as known from the pre-training.</param>
/// <param name="Seed">Decides what is random.</param>
/// <param name="Notes">What was done, a paragraph an entry.</param>
internal sealed record RunStudy(string Verb, string WeightsHash, double Threshold, int Seed, IReadOnlyList<string> Notes)
{
    /// <summary>Opens its folder, <c>{verb}/{data}-{hash}</c>: another one for each network, data and what else decides the numbers.</summary>
    /// <param name="context">The verb's.</param>
    /// <param name="opened">The network and the images.</param>
    /// <param name="decides">What else decides the numbers.</param>
    /// <returns>The folder; the caller disposes it.</returns>
    /// <exception cref="ZfDeclException">ZF1205: another process has it; ZF1423: a file of it is damaged; ZF1204: a file cannot be written.</exception>
    public StudyDirectory<TRow> Open<TRow>(RunContext context, OpenedRun opened, params IReadOnlyList<string> decides) where TRow : class
    {
        var (source, info, images) = (opened.Source, opened.Source.Entry.Info, opened.Data);
        var identity = string.Join('\n', [info.SpecHash, WeightsHash, images.Hash, source.Run?.Record.DataHash ?? "", Threshold.ToString(CultureInfo.InvariantCulture), .. decides]);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..6];
        var data = Path.GetFileName(Path.TrimEndingDirectorySeparator(context.Settings.Used.First(setting => setting.Name == "data").Value));
        return new(NamedFolder.Of(Path.Combine(source.Folder, Verb.ToLowerInvariant()), $"{(data.Length > 0 ? data : "data")}-{hash}"), new()
        {
            Study = Verb,
            Networks = [new(info.Name, info.SpecHash, source.Weights, WeightsHash)],
            Seed = Seed,
            DataHash = images.Hash,
            Data = images.Description,
            Settings = context.Recorded(),
            CommandLine = context.CommandOf(Verb),
            Notes = Notes,
        }, context.Log);
    }
}
