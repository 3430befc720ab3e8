using System.Text.RegularExpressions;
using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Model;
using ZfDecl.Generators.Primitives;

namespace ZfDecl.Generators;

/// <summary>Finds the networks of a file that are left out.</summary>
internal static class BrokenNetworks
{
    private static readonly Regex NameLine = new(@"^network:[ \t]*([A-Za-z]\w*)", RegexOptions.Multiline | RegexOptions.Compiled);

    /// <summary>
    /// The networks that did not become one, and, where an error belongs to none of the file's networks, all of them. Of a file whose networks could not be read it is the
    /// one that its text seems to name.
    /// </summary>
    public static IEnumerable<BrokenNetwork> Of(SpecFile file, string relative, IEnumerable<CompiledNetwork> whole, IEnumerable<SpecDiagnostic> found)
    {
        var errors = found.Where(one => one.IsError).ToList();
        if (file.Declared.Count == 0)
            return errors.Count == 0 ? [] : [new(NameIn(file.Text), relative, null, errors.ToEquatableArray())];
        var names = new HashSet<string>(whole.Select(network => network.Id.Name));
        var ofNobody = errors.Where(error => !file.Declared.Any(declared => declared.Owns(error.Span))).ToList();
        return file.Declared.Where(declared => ofNobody.Count > 0 || !names.Contains(declared.Name.Text)).Select(declared => new BrokenNetwork(
            declared.Name.Text, relative, declared.Base?.Text, errors.Where(error => declared.Owns(error.Span)).Concat(ofNobody).ToEquatableArray()));
    }

    private static string? NameIn(string text) => NameLine.Match(text) is { Success: true } match ? match.Groups[1].Value : null;
}
