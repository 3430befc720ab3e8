using System.Text;
using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Loading;
using ZfDecl.Cli.Terminal;
using ZfDecl.Messages;
using ZfDecl.Networks.Kernels;

namespace ZfDecl.Cli;

/// <summary>The start of this program once its libraries can be found.</summary>
internal static class Start
{
    /// <summary>The assembly of the repository's own networks: built beside this program, it is looked at where no other is named.</summary>
    private static readonly string Own = Path.Combine(AppContext.BaseDirectory, "ZfDecl.Models.dll");

    /// <summary>Opens the declared networks and runs the verb.</summary>
    /// <param name="named">The assembly of the networks, as a full path; null where none is named.</param>
    /// <param name="args">The command line.</param>
    /// <param name="programs">What this program does for verbs that the host itself knows by their settings alone; none where null.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string? named, string[] args, IReadOnlyDictionary<string, Func<RunContext, int>>? programs = null)
    {
        NativeHeap.KeepFreedMemory();
        // Who reads it reads UTF-8, whatever the locale or code page of the terminal is.
        if (Console.IsOutputRedirected)
            Console.SetOut(Utf8(Console.OpenStandardOutput()));
        if (Console.IsErrorRedirected)
            Console.SetError(Utf8(Console.OpenStandardError()));
        try
        {
            var networks = named is not null ? NetworkAssembly.Open(named) : File.Exists(Own) ? NetworkAssembly.Open(Own) : new NetworkCatalog([]);
            return new Host(networks, Console.Out, Console.Error) { Programs = programs ?? new Dictionary<string, Func<RunContext, int>>() }.Run(args);
        }
        catch (ZfDeclException error)
        {
            Console.Error.WriteLine(CanonicalLine.Error(error.Code, error.Message, error.File));
            return 1;
        }
    }

    private static StreamWriter Utf8(Stream stream) => new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
}
