using System.Text.RegularExpressions;

namespace ZfDecl.Interchange.Weights.Matching;

/// <summary>
/// Which weights of a file are which of a network, layer by layer: by name, with or without what all names of the file begin with; the others by their order, or where only one layer of that shape is left. A
/// layer gets all of its weights from one place, or none.
/// </summary>
internal sealed partial class WeightsMatch
{
    private readonly List<TensorGroup> wanted, found;
    private readonly List<MatchedTensor> matched = [];

    private WeightsMatch(IEnumerable<NamedTensor> network, IEnumerable<NamedTensor> file) => (wanted, found) = ([.. TensorGroup.Of(network)], [.. TensorGroup.Of(file)]);

    /// <summary>What has been found for the network, in its order.</summary>
    public IReadOnlyList<MatchedTensor> Matched => matched;

    /// <summary>How: <c>by name</c>, <c>by order and shape</c>.</summary>
    public string Manner { get; private set; } = "by name";

    /// <summary>The layers of the network that are left without weights.</summary>
    public IReadOnlyList<TensorGroup> Missing => wanted;

    /// <summary>The layers of the file that are left over.</summary>
    public IReadOnlyList<TensorGroup> Unused => found;

    public bool IsWhole => wanted.Count == 0 && found.Count == 0;

    /// <summary>Matches.</summary>
    /// <param name="network">The tensors of the network with their shapes, in the order of its layers.</param>
    /// <param name="file">Those of the file, in its order.</param>
    public static WeightsMatch Of(IReadOnlyList<NamedTensor> network, IReadOnlyList<NamedTensor> file)
    {
        var match = new WeightsMatch(network, file);
        match.ByName();
        if (!match.IsWhole)
            match.ByOrder();
        var order = network.Select((tensor, i) => (tensor.Name, i)).ToDictionary();
        match.matched.Sort((one, other) => order[one.Name].CompareTo(order[other.Name]));
        return match;
    }

    /// <summary>The names as they are; else without the parts that most of the file's begin with, one after the other.</summary>
    private void ByName()
    {
        var prefix = "";
        while (true)
        {
            var byName = found.Where(group => group.Name.StartsWith(prefix, StringComparison.Ordinal)).GroupBy(group => Plain(group.Name[prefix.Length..])).Where(same => same.Count() == 1).ToDictionary(same => same.Key, same => same.Single());
            (TensorGroup Wanted, TensorGroup Found)[] pairs = [.. wanted.Where(group => byName.TryGetValue(Plain(group.Name), out var other) && group.Fits(other)).Select(group => (group, byName[Plain(group.Name)]))];
            if (pairs.Length > 0)
            {
                foreach (var (group, other) in pairs)
                    Take(group, other);
                return;
            }
            var next = found.Select(group => group.Name).Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && name.IndexOf('.', prefix.Length) >= 0)
                .GroupBy(name => name[..(name.IndexOf('.', prefix.Length) + 1)]).MaxBy(same => same.Count());
            if (next is null)
                return;
            prefix = next.Key;
        }
    }

    /// <summary>In the file's order, or, where that is only its names sorted as texts, as a person counts: 2 before 10; and by shapes that occur once.</summary>
    private void ByOrder()
    {
        List<TensorGroup> counted = [.. found.OrderBy(group => Digits().Replace(group.Name, digits => digits.Value.PadLeft(8, '0')), StringComparer.Ordinal)];
        var isSorted = found.SequenceEqual(found.OrderBy(group => group.Name, StringComparer.Ordinal));
        foreach (var order in isSorted ? [counted, found.ToList()] : new[] { found.ToList(), counted })
        {
            if (order.Count != wanted.Count || !wanted.Zip(order).All(pair => pair.First.Fits(pair.Second)))
                continue;
            Manner = matched.Count > 0 ? "by name, and by order and shape" : "by order and shape";
            foreach (var (group, other) in wanted.ToList().Zip(order))
                Take(group, other);
            return;
        }
        foreach (var group in wanted.ToList())
        {
            if (found.Where(group.Fits).ToList() is [var only] && wanted.Count(other => other.Fits(only)) == 1)
            {
                Manner = "by name and shape";
                Take(group, only);
            }
        }
    }

    private void Take(TensorGroup group, TensorGroup other)
    {
        matched.AddRange(group.Joined(other));
        wanted.Remove(group);
        found.Remove(other);
    }

    /// <summary>A name as an import makes a layer's of it: <c>layer1.0.conv1</c> is <c>layer1_0_conv1</c>.</summary>
    private static string Plain(string name) => Other().Replace(name, "_").Trim('_').ToLowerInvariant();

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex Other();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}
