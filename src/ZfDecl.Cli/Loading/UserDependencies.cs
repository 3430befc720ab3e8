using System.Runtime.InteropServices;
using System.Runtime.Loader;
using ZfDecl.Cli.Configuration;

namespace ZfDecl.Cli.Loading;

/// <summary>
/// Where this program finds what it does not bring itself: in a package the library, TorchSharp and their native libraries are those of the user's project, so that the user's networks
/// and this program share one of each. Nothing here may touch a type of the library, which is not found before.
/// </summary>
internal static class UserDependencies
{
    /// <summary>Follows the dependencies of the assembly that a command line names, where it names one.</summary>
    /// <param name="args">The command line.</param>
    /// <returns>The assembly of the networks, as a full path; null where none is named.</returns>
    public static string? FollowNamed(string[] args)
    {
        const string Option = OptionNames.Networks + "=";
        var named = args.FirstOrDefault(argument => argument.StartsWith(Option, StringComparison.Ordinal)) is { } given ? Path.GetFullPath(given[Option.Length..]) : null;
        if (File.Exists(named))
            Follow(named);
        return named;
    }

    /// <summary>From here on, what is not beside this program is looked up as the assembly's own program would (its <c>.deps.json</c>).</summary>
    /// <param name="assembly">A full path.</param>
    /// <exception cref="InvalidOperationException">Its <c>.deps.json</c> is damaged.</exception>
    public static void Follow(string assembly)
    {
        var resolver = new AssemblyDependencyResolver(assembly);
        AssemblyLoadContext.Default.Resolving += (context, name) =>
        {
            if (resolver.ResolveAssemblyToPath(name) is not { } path)
                return null;
            if (name.Name == "TorchSharp")
                PreferNativeTorch(resolver);
            return context.LoadFromAssemblyPath(path);
        };
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) => resolver.ResolveUnmanagedDllToPath(name) is { } path ? NativeLibrary.Load(path) : 0;
    }

    // A library that the system has of the same name, such as another version of libtorch, would be found before ResolvingUnmanagedDll is asked. What is loaded already is found before both, and
    // LibTorchSharp brings those of libtorch along that lie beside it.
    private static void PreferNativeTorch(AssemblyDependencyResolver resolver)
    {
        if (resolver.ResolveUnmanagedDllToPath("LibTorchSharp") is { } path)
            NativeLibrary.TryLoad(path, out _);
    }
}
