using ZfDecl.Cli.Terminal;

namespace ZfDecl.Cli.Configuration;

/// <summary>
/// Tells of the specs that have errors, as the compiler would, in MSBuild's canonical form. They are lines and no errors of the build: a verb ends as if they were not there, unless it asks for
/// a network that depends on one.
/// </summary>
internal static class BrokenSpecs
{
    /// <summary>Says each error once, file by file, in the order of lines.</summary>
    /// <param name="networks">The declared networks, and the broken ones.</param>
    /// <param name="root">The folder that the specs' paths are relative to.</param>
    /// <param name="log">Takes the lines.</param>
    public static void Say(NetworkCatalog networks, string root, ConsoleLog log)
    {
        var found = networks.Broken.SelectMany(network => network.Errors.Select(error => (network.SpecFile, Error: error))).Distinct()
            .OrderBy(one => one.SpecFile, StringComparer.Ordinal).ThenBy(one => one.Error.Line).ThenBy(one => one.Error.Column);
        foreach (var (file, error) in found)
            log.Say(CanonicalLine.Error(error.Code, error.Message, FormattableString.Invariant($"{Path.Combine(root, file)}({error.Line},{error.Column})")));
    }
}
