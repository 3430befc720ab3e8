using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Reading;

namespace ZfDecl.Generators;

/// <summary>A network: its name, and the file it comes from.</summary>
internal readonly record struct NetworkId(string Name, string SpecFile);

/// <summary>Who has each name, and the errors for those who share one.</summary>
internal sealed record NetworkNames(EquatableArray<NetworkId> Owners, EquatableArray<SpecDiagnostic> Diagnostics)
{
    /// <summary>Finds networks of one name, and networks whose generated classes would collide: <c>A</c>'s recording is <c>ARecording</c>.</summary>
    public static NetworkNames Check(IEnumerable<CompiledFile> files)
    {
        var owners = new Dictionary<string, NetworkId>(StringComparer.OrdinalIgnoreCase);
        var (unique, report) = (new List<NetworkId>(), new Report());
        foreach (var (id, span) in files.SelectMany(file => file.Places).OrderBy(place => place.Id.SpecFile, StringComparer.Ordinal).Select(place => (place.Id, place.Span)))
        {
            var classes = new[] { id.Name, $"{id.Name}Recording", $"{id.Name}Deconvnet" };
            if (classes.FirstOrDefault(owners.ContainsKey) is { } taken)
            {
                report.Add(Codes.DuplicateNetwork, span, $"the class '{taken}' is made of the network '{owners[taken].Name}' in {owners[taken].SpecFile} already; rename one of the two");
                continue;
            }
            foreach (var one in classes)
                owners[one] = id;
            unique.Add(id);
        }
        return new(unique.ToEquatableArray(), report.Found.ToEquatableArray());
    }
}
