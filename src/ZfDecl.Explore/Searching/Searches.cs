using ZfDecl.Explore.Exploring;

namespace ZfDecl.Explore.Searching;

/// <summary>Searches that were asked for, each done once. Safe for any number of threads.</summary>
/// <param name="explored">What is looked at; what was found for other runs is given up.</param>
/// <param name="begin">Begins one.</param>
/// <param name="hasFailed">Whether it is begun anew when it is asked for again.</param>
internal sealed class Searches<T>(Explored explored, Func<ExploredNet, string, T> begin, Func<T, bool> hasFailed) where T : class
{
    private readonly Lock gate = new();
    private readonly Dictionary<(ExploredNet Net, string Layer), T> begun = [];

    /// <summary>The search of a layer, begun where it has not been.</summary>
    public T Of(ExploredNet net, string layer)
    {
        lock (gate)
        {
            foreach (var gone in begun.Keys.Where(key => !explored.Nets.Contains(key.Net)).ToList())
                begun.Remove(gone);
            if (!begun.TryGetValue((net, layer), out var search) || hasFailed(search))
                begun[(net, layer)] = search = begin(net, layer);
            return search;
        }
    }
}
