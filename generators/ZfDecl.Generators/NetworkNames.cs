using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Model;
using ZfDecl.Generators.Primitives;

namespace ZfDecl.Generators;

/// <summary>A network: its name, and the path of its file.</summary>
internal readonly record struct NetworkId(string Name, string Path);

/// <summary>Who has each name, and the errors for those who share one.</summary>
internal sealed record NetworkNames(EquatableArray<NetworkId> Owners, EquatableArray<BrokenNetwork> Broken, EquatableArray<SpecDiagnostic> Diagnostics)
{
    /// <summary>Finds networks of one name, and networks whose generated classes would collide: <c>A</c>'s recording is <c>ARecording</c>.</summary>
    public static NetworkNames Check(IEnumerable<CompiledFile> files)
    {
        var owners = new Dictionary<string, ResolvedNetwork>(StringComparer.OrdinalIgnoreCase);
        var (unique, broken, report) = (new List<NetworkId>(), new List<BrokenNetwork>(), new DiagnosticBag());
        foreach (var network in files.SelectMany(file => file.Networks).OrderBy(network => network.Id.Path, StringComparer.Ordinal))
        {
            var name = network.Id.Name;
            var classes = new[] { name, $"{name}Recording", $"{name}Deconvnet" };
            if (classes.FirstOrDefault(owners.ContainsKey) is { } taken)
            {
                var error = new SpecDiagnostic(Codes.DuplicateNetwork, network.NameSpan, $"the class '{taken}' is made of the network '{owners[taken].Name}' in {owners[taken].SpecFile} already; rename one of the two");
                report.Add(error);
                broken.Add(new(name, network.Spec.Network.SpecFile, null, new[] { error }.ToEquatableArray()));
                continue;
            }
            foreach (var one in classes)
                owners[one] = network.Spec.Network;
            unique.Add(network.Id);
        }
        return new(unique.ToEquatableArray(), broken.ToEquatableArray(), report.Found.ToEquatableArray());
    }
}
