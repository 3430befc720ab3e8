using ZfDecl.Messages;

namespace ZfDecl.Interchange.Problems;

/// <summary>What of a network cannot be declared, collected over all of it.</summary>
internal sealed class ImportProblems
{
    private const int NodesShown = 3;
    private readonly List<(string Operator, string Node, string Reason, string Remedy)> found = [];

    public bool Any => found.Count > 0;

    public void Add(string @operator, string node, NotDeclarableException problem) => found.Add((@operator, node, problem.Message, problem.Remedy));

    /// <summary>Ends the import where there are any.</summary>
    /// <exception cref="ZfDeclException">ZF1603, with all of them: operator, nodes, how often, and what would have to change.</exception>
    public void Throw(string file)
    {
        if (!Any)
            return;
        var lines = found.GroupBy(one => (one.Operator, one.Reason, one.Remedy)).Select(same =>
            $"{same.Key.Operator}, {(same.Count() == 1 ? "once" : $"{same.Count()} times")} ({string.Join(", ", same.Take(NodesShown).Select(one => one.Node))}{(same.Count() > NodesShown ? ", …" : "")}): {same.Key.Reason}; {same.Key.Remedy}");
        throw new ZfDeclException("ZF1603", $"{found.Count} {(found.Count == 1 ? "part" : "parts")} of '{file}' cannot be declared:\n  {string.Join("\n  ", lines)}", file);
    }
}
