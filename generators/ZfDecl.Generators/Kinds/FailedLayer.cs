using ZfDecl.Generators.Model;

namespace ZfDecl.Generators.Kinds;

/// <summary>A layer that could not be resolved, which is reported. It yields what it declares, so that later layers can be checked; what does not follow is unknown.</summary>
internal sealed record FailedLayer(LayerHeader Header) : ResolvedLayer(Header)
{
    public override Locality Locality => Locality.Global;

    public override Operation Operation => throw new NotSupportedException("a network with an error computes nothing");

    public override string Forward(string x, string owner = "") => throw new NotSupportedException("a network with an error is not emitted");

    public override string? BackProject(string x) => null;
}
