using System.Reflection;
using System.Runtime.Loader;
using ZfDecl.Cli.Configuration;
using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Cli.Loading;

/// <summary>The assembly that specs were compiled into: the project's that has them.</summary>
internal static class NetworkAssembly
{
    /// <summary>Opens it and reads its generated list; see <see cref="NetworkRegistryAttribute"/>.</summary>
    /// <param name="path">A full path.</param>
    /// <exception cref="ZfDeclException">ZF1701: it cannot be loaded. ZF1702: it declares no networks.</exception>
    public static NetworkCatalog Open(string path)
    {
        try
        {
            var mark = AssemblyLoadContext.Default.LoadFromAssemblyPath(path).GetCustomAttribute<NetworkRegistryAttribute>()
                ?? throw new ZfDeclException("ZF1702", "no specs were compiled into this assembly; its project refers to the package ZfDecl itself, and its networks lie below its folder of specs", path);
            return new(Listed<NetworkEntry>(mark.Registry, "All"), Listed<BrokenNetwork>(mark.Registry, "LeftOut")) { Assembly = path, Specs = mark.Specs, Artifacts = mark.Artifacts };
        }
        catch (Exception failure) when (failure is IOException or BadImageFormatException or UnauthorizedAccessException)
        {
            throw new ZfDeclException("ZF1701", $"this assembly, or one that it refers to, cannot be loaded: {failure.Message.TrimEnd('.')}; build the project again", path, failure);
        }
        catch (Exception failure) when (failure is TargetInvocationException or TypeLoadException or MissingMemberException)
        {
            throw new ZfDeclException("ZF1701", $"its list of networks cannot be read, most likely because it was compiled for another version of ZfDecl: {(failure.InnerException ?? failure).Message}; build the project again", path, failure);
        }
    }

    private static IReadOnlyList<T> Listed<T>(Type registry, string name) =>
        registry.GetProperty(name, BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as IReadOnlyList<T> ?? throw new MissingMemberException(registry.FullName, name);
}
