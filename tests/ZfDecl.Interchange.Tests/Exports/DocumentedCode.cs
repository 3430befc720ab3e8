using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ZfDecl.Interchange.Tests.Exports;

/// <summary>The programs in docs/export.md, compiled as a project of somebody's own compiles them.</summary>
internal static partial class DocumentedCode
{
    private const string Usings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading.Tasks; "
        + "global using Microsoft.AspNetCore.Builder; global using Microsoft.AspNetCore.Http; global using Microsoft.Extensions.DependencyInjection;";

    private static readonly Lazy<MetadataReference[]> References = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(path => !Path.GetFileName(path).StartsWith("ZfDecl", StringComparison.Ordinal)).Select(path => MetadataReference.CreateFromFile(path))]);

    /// <summary>The program that follows a heading, its files taken from a folder.</summary>
    public static MethodInfo Program(string heading, string folder)
    {
        var page = File.ReadAllText(Repository.PathOf("docs", "export.md"));
        var code = Block().Match(page, page.IndexOf($"### {heading}\n", StringComparison.Ordinal)).Groups[1].Value;
        foreach (var file in Directory.GetFiles(folder).Select(Path.GetFileName))
            code = code.Replace($"\"{file}\"", $"@\"{Path.Combine(folder, file!)}\"", StringComparison.Ordinal);
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        var compilation = CSharpCompilation.Create($"Documented{heading.GetHashCode(StringComparison.Ordinal)}", [CSharpSyntaxTree.ParseText(Usings, options), CSharpSyntaxTree.ParseText(code, options)], References.Value,
            new(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        using var stream = new MemoryStream();
        Assert.Empty(compilation.Emit(stream).Diagnostics.Where(found => found.Severity >= DiagnosticSeverity.Warning).Select(found => found.ToString()));
        stream.Position = 0;
        return new AssemblyLoadContext(null).LoadFromStream(stream).EntryPoint!;
    }

    /// <summary>Runs one to its end.</summary>
    /// <returns>What it has written to the terminal.</returns>
    public static string Output(string heading, string folder)
    {
        var terminal = Console.Out;
        using var output = new StringWriter();
        Console.SetOut(output);
        try
        {
            Program(heading, folder).Invoke(null, [Array.Empty<string>()]);
        }
        finally
        {
            Console.SetOut(terminal);
        }
        return output.ToString();
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
