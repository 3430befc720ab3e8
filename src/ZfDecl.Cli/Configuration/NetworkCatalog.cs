using ZfDecl.Generators.Primitives;
using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Cli.Configuration;

/// <summary>The declared networks, found by the name a user types.</summary>
/// <param name="entries">The networks, in the order of the registry.</param>
/// <param name="broken">Those that are left out because their specs have errors; none where omitted.</param>
public sealed class NetworkCatalog(IReadOnlyList<NetworkEntry> entries, IReadOnlyList<BrokenNetwork>? broken = null)
{
    internal const string WithData = "Fashion";

    /// <summary>The assembly that they come from, as a full path; null where they come from this very program.</summary>
    public string? Assembly { get; init; }

    /// <summary>The folder of specs, relative to the project's.</summary>
    public string Specs { get; init; } = NetworkRegistryAttribute.DefaultSpecs;

    /// <summary>The folder of runs, relative to the project's unless it is rooted.</summary>
    public string Artifacts { get; init; } = NetworkRegistryAttribute.DefaultArtifacts;

    /// <summary>The networks that are left out because their specs have errors.</summary>
    public IReadOnlyList<BrokenNetwork> Broken => broken ?? [];

    /// <summary>The networks.</summary>
    public IReadOnlyList<NetworkEntry> All => entries;

    /// <summary>The network that is meant where none is named: the one that comes with its data, else the one that is called as the assembly; null where there is neither.</summary>
    public string? Default => ((string[])[WithData, .. OfAssembly]).SelectMany(name => entries.Select(entry => entry.Info.Name).Concat(Broken.Select(left => left.Name ?? "")).Where(declared => Is(declared, name))).FirstOrDefault();

    private string[] OfAssembly => Assembly is null ? [] : [string.Concat(Path.GetFileNameWithoutExtension(Assembly).Where(char.IsLetterOrDigit)), Path.GetFileNameWithoutExtension(Assembly)];

    /// <summary>Finds a network.</summary>
    /// <param name="name">The name of its class or of its spec file, with or without folder and ending; case does not matter.</param>
    /// <exception cref="ZfDeclException">ZF1002: there is none of that name; the message lists those there are. ZF1011: its spec has errors.</exception>
    public NetworkEntry Find(string name) => Find(name, "Spec");

    /// <inheritdoc cref="Find(string)"/>
    /// <param name="name">The name of its class or of its spec file, with or without folder and ending; case does not matter.</param>
    /// <param name="property">The property that the user has named it with.</param>
    public NetworkEntry Find(string name, string property)
    {
        var path = name.Replace('\\', '/').TrimStart('.', '/');
        var file = Path.GetFileNameWithoutExtension(path);
        if (Broken.FirstOrDefault(one => Is(one.Name ?? "", name)) is { } left)
            throw Refusal(left, name, property);
        if (entries.All(entry => !Is(entry.Info.Name, name)) && Broken.FirstOrDefault(one => Is(one.SpecFile, path) || Is(Path.GetFileNameWithoutExtension(one.SpecFile), file)) is { } ofFile)
            throw Refusal(ofFile, name, property);
        return entries.FirstOrDefault(entry => Is(entry.Info.Name, name))
            ?? entries.FirstOrDefault(entry => Is(entry.Info.SpecFile, path))
            ?? entries.FirstOrDefault(entry => Is(Path.GetFileNameWithoutExtension(entry.Info.SpecFile), file))
            ?? throw new ZfDeclException("ZF1002", Missing(name, property));
    }

    /// <summary>Finds networks: the one of a class, or all that a spec file declares.</summary>
    /// <param name="name">The name of a class or of a spec file, with or without folder and ending; case does not matter.</param>
    /// <param name="property">The property that the user has named it with.</param>
    /// <exception cref="ZfDeclException">ZF1002: there is none of that name; the message lists those there are.</exception>
    public IReadOnlyList<NetworkEntry> FindAll(string name, string property)
    {
        var found = Find(name, property);
        return Is(found.Info.Name, name) ? [found] : [.. entries.Where(entry => entry.Info.SpecFile == found.Info.SpecFile)];
    }

    private ZfDeclException Refusal(BrokenNetwork network, string name, string property) =>
        new("ZF1011", $"-p:{property}={name}: this network is left out, because {Reason(network)}; mend what is said of it above", network.SpecFile);

    /// <summary>Why a network is left out, in the words of a message: its own errors, or those of what it extends.</summary>
    public string Reason(BrokenNetwork network)
    {
        if (network.Errors.Count > 0)
            return network.Errors.Count == 1 ? "its spec has an error" : $"its spec has {network.Errors.Count} errors";
        return Broken.FirstOrDefault(other => other.Name == network.Base) is { } parent ? $"it extends '{parent.Name}', whose spec has errors" : $"it extends '{network.Base}', whose spec cannot be read";
    }

    private string Missing(string name, string property)
    {
        if (entries.Count == 0)
            return $"no network is declared; a spec is {SpecFolder.Rule}";
        var names = entries.Select(entry => entry.Info.Name).ToArray();
        var nearest = Nearest.To(name, names);
        var hint = nearest is null ? "" : $" did you mean '{nearest}'?";
        var unread = Broken.Where(one => one.Name is null).Select(one => one.SpecFile).ToArray();
        var where = unread.Length == 0 ? "" : $" It may be one of {string.Join(", ", unread)}, which could not be read.";
        return $"-p:{property}={name}: no network of that name is declared;{hint} there are {string.Join(", ", names)}.{where} A spec is {SpecFolder.Rule}";
    }

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
