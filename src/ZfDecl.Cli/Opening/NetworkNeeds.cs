using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Cli.Opening;

/// <summary>What a command needs of a network.</summary>
internal static class NetworkNeeds
{
    /// <summary>Refuses a network without classes.</summary>
    /// <exception cref="ZfDeclException">ZF1483: it has none.</exception>
    public static void NeedClasses(this NetworkInfo info)
    {
        if (info.Classes == 0)
            throw new ZfDeclException("ZF1483", $"'{info.Name}' yields features and tells no classes apart (its spec says 'classes: none'), and this command asks it for classes. Visualize, Project, Occlude, Correspond, Diagnose, Transfer and Report work on it; to train it, end its layers with a dense one and write the number of classes", info.SpecFile);
    }
}
