using System.Diagnostics;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using ZfDecl.Messages;

namespace ZfDecl.Interchange.Packages;

/// <summary>A NuGet package that carries a model.</summary>
/// <param name="Folder">Where it lies after the restore.</param>
/// <param name="Id">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Licence">What it says of its licence; empty where it says nothing.</param>
internal sealed record ModelPackage(string Folder, string Id, string Version, string Licence)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    /// <summary>The models in it, the largest first: the network before what prepares its images.</summary>
    public IReadOnlyList<string> Models => [.. new DirectoryInfo(Folder).EnumerateFiles("*.onnx", SearchOption.AllDirectories).OrderByDescending(file => file.Length).Select(file => file.FullName)];

    /// <summary>Restores a package through the NuGet client of this .NET SDK, with whatever sources and proxies the user has set up. It is downloaded, not referenced: nothing of it runs.</summary>
    /// <param name="named"><c>Id/Version</c>.</param>
    /// <param name="dotnet">The executable of the SDK.</param>
    /// <param name="folder">Where a project for the restore is made, and removed again.</param>
    /// <exception cref="ZfDeclException">ZF1608: it cannot be had, or holds no model.</exception>
    public static ModelPackage Restore(string named, string dotnet, string folder)
    {
        if (named.Split('/') is not [{ Length: > 0 } id, { Length: > 0 } version] || !named.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '.' or '-' or '_' or '/' or '+') || id.StartsWith('.') || version.StartsWith('.'))
            throw new ZfDeclException("ZF1003", $"`package={named}`: a package is named with its version, such as Microsoft.ML.DnnImageFeaturizer.ResNet18/0.23.1");
        var project = Path.Combine(folder, $"restore-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(project);
            WriteProject(project, id, version);
            var said = Run(dotnet, project);
            var assets = Path.Combine(project, "obj", "project.assets.json");
            if (!File.Exists(assets) || Found(assets, id, version) is not { } found)
                throw new ZfDeclException("ZF1608", $"the package '{named}' cannot be restored: {said}. See that its name and version are right, and that `dotnet restore` works here");
            var package = new ModelPackage(found, id, version, LicenceOf(found));
            return package.Models.Count > 0 ? package : throw new ZfDeclException("ZF1608", $"the package '{named}' holds no .onnx file", found);
        }
        finally
        {
            if (Directory.Exists(project))
                Directory.Delete(project, recursive: true);
        }
    }

    // Empty files end the search for those of the repository above.
    private static void WriteProject(string project, string id, string version)
    {
        foreach (var name in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
            File.WriteAllText(Path.Combine(project, name), "<Project />\n");
        File.WriteAllText(Path.Combine(project, "Directory.Build.rsp"), "");
        new XElement("Project", new XAttribute("Sdk", "Microsoft.NET.Sdk"),
            new XElement("PropertyGroup", new XElement("TargetFramework", "net10.0")),
            new XElement("ItemGroup", new XElement("PackageDownload", new XAttribute("Include", id), new XAttribute("Version", $"[{version}]"))))
            .Save(Path.Combine(project, "restore.csproj"));
    }

    private static string Run(string dotnet, string project)
    {
        var start = new ProcessStartInfo(dotnet, ["restore", "restore.csproj", "--nologo", "-v:q"]) { WorkingDirectory = project, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var inherited in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(inherited);
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(Longest))
        {
            process.Kill(entireProcessTree: true);
            return $"it was not there after {Longest.TotalMinutes:0} minutes";
        }
        var said = (output.Result + errors.Result).Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase))?.Trim() ?? "";
        var at = said.IndexOf("error", StringComparison.OrdinalIgnoreCase);
        return at < 0 ? "dotnet restore does not say why" : said[at..].Split(" [")[0];
    }

    private static string? Found(string assets, string id, string version)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(assets));
        return json.RootElement.GetProperty("packageFolders").EnumerateObject().Select(folder => Path.Combine(folder.Name, id.ToLowerInvariant(), version.ToLowerInvariant())).FirstOrDefault(Directory.Exists);
    }

    private static string LicenceOf(string folder)
    {
        try
        {
            var nuspec = Directory.EnumerateFiles(folder, "*.nuspec").FirstOrDefault();
            var metadata = nuspec is null ? null : XDocument.Load(nuspec).Root?.Elements().FirstOrDefault(element => element.Name.LocalName == "metadata");
            var licence = metadata?.Elements().FirstOrDefault(element => element.Name.LocalName == "license") ?? metadata?.Elements().FirstOrDefault(element => element.Name.LocalName == "licenseUrl");
            return licence?.Value.Trim() ?? "";
        }
        catch (XmlException)
        {
            return "";
        }
    }
}
