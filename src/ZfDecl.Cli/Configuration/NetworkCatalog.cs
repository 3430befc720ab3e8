using ZfDecl.Generators.Primitives;
using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Cli.Configuration;

/// <summary>The declared networks, found by the name a user types.</summary>
/// <param name="entries">The networks, in the order of the registry.</param>
public sealed class NetworkCatalog(IReadOnlyList<NetworkEntry> entries)
{
    /// <summary>The networks.</summary>
    public IReadOnlyList<NetworkEntry> All => entries;

    /// <summary>Finds a network.</summary>
    /// <param name="name">The name of its class or of its spec file, with or without folder and ending; case does not matter.</param>
    /// <exception cref="ZfDeclException">ZF1002: there is none of that name; the message lists those there are.</exception>
    public NetworkEntry Find(string name) => Find(name, "Spec");

    /// <inheritdoc cref="Find(string)"/>
    /// <param name="name">The name of its class or of its spec file, with or without folder and ending; case does not matter.</param>
    /// <param name="property">The property that the user has named it with.</param>
    public NetworkEntry Find(string name, string property)
    {
        var path = name.Replace('\\', '/').TrimStart('.', '/');
        var file = Path.GetFileNameWithoutExtension(path);
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

    private string Missing(string name, string property)
    {
        if (entries.Count == 0)
            return $"no network is declared; a spec is {SpecFolder.Rule}";
        var names = entries.Select(entry => entry.Info.Name).ToArray();
        var nearest = Nearest.To(name, names);
        var hint = nearest is null ? "" : $" did you mean '{nearest}'?";
        return $"-p:{property}={name}: no network of that name is declared;{hint} there are {string.Join(", ", names)}. A spec is {SpecFolder.Rule}";
    }

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
