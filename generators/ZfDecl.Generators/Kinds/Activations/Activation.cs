using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;

namespace ZfDecl.Generators.Kinds.Activations;

/// <summary>
/// What the kinds share that stand where a relu could and are no relu. The backward projection rectifies the signal; by the rule mask it takes the gradient's
/// step at the recorded input.
/// </summary>
internal abstract class Activation : LayerKind
{
    public sealed override LayerRole Role => LayerRole.Rectifier;

    public override string Summary => $"{Formula} The backward projection rectifies the signal; by the rule mask it takes the gradient's step.";

    public override bool KeepsMaps => true;

    public override IReadOnlyList<Key> Keys => [];

    /// <summary>What it computes, a sentence.</summary>
    protected abstract string Formula { get; }

    public sealed override ResolvedLayer Resolve(LayerContext layer)
    {
        var call = Call(layer.Settings);
        return new Layer(layer.Header(layer.Input, layer.Field), call("{0}"), layer.Inputs[0].Recorded, Computed(layer.Settings));
    }

    /// <summary>The expression that applies it to a variable.</summary>
    protected abstract Func<string, string> Call(SettingValues settings);

    /// <summary>The same without C#.</summary>
    protected abstract Operation Computed(SettingValues settings);

    private sealed record Layer(LayerHeader Header, string Call, string Recorded, Operation Computed) : ResolvedLayer(Header)
    {
        public override string Description => Header.Kind;

        public override Locality Locality => Locality.Pointwise;

        public override Operation Operation => Computed;

        public override string Forward(string x, string owner = "") => string.Format(System.Globalization.CultureInfo.InvariantCulture, Call, x);

        public override string BackProject(string x) => $"Rectify({x}, {Recorded}, maps => {Forward("maps")})";
    }
}
