using ZfDecl.Generators.Language;
using ZfDecl.Generators.Primitives;

namespace ZfDecl.Generators.Model;

/// <summary>What is decided of every layer, whatever its kind. No positions: an edited comment leaves it equal.</summary>
/// <param name="Name">For example <c>conv1</c>.</param>
/// <param name="Kind">For example <c>conv</c>.</param>
/// <param name="Role">What it does in the network.</param>
/// <param name="Inputs">The indices of the layers that go in; −1 for the image.</param>
/// <param name="Input">What goes in.</param>
/// <param name="Output">What comes out.</param>
/// <param name="Field">The receptive field of its units.</param>
/// <param name="Parameters">The number of trained values.</param>
/// <param name="MultiplyAdds">Multiply-adds for one image.</param>
/// <param name="PerClass">Whether its maps, or units, are the classes, whatever number the network is created for.</param>
/// <param name="Settings">All its settings, defaults included, as a spec prints them.</param>
internal sealed record LayerHeader(
    string Name, string Kind, LayerRole Role, EquatableArray<int> Inputs, Shape Input, Shape Output, Field Field, long Parameters, long MultiplyAdds, bool PerClass, EquatableArray<WrittenSetting> Settings)
{
    /// <summary>Whether it yields the class scores.</summary>
    public bool YieldsScores { get; init; }
}

/// <summary>
/// A layer with everything decided, and the C# that it becomes. A kind derives its own record; the emitters only join what the records say.
/// </summary>
internal abstract record ResolvedLayer(LayerHeader Header)
{
    public string Name => Header.Name;

    public Shape Input => Header.Input;

    public Shape Output => Header.Output;

    /// <summary>The layer's name as a property: <c>Conv1</c>.</summary>
    public string Property => Names.PropertyOf(Name);

    /// <summary>One line for documentation: <c>conv 96 7x7, stride 2, padding 1</c>.</summary>
    public virtual string Description => Header.Kind;

    /// <summary>The type and the construction of the module it holds; null where it has no parameters.</summary>
    public virtual ModuleField? Module => null;

    /// <summary>The layer applied in training or evaluation; null where the forward pass has no such step.</summary>
    /// <param name="x">The variable that goes in; of several, all of them with commas between.</param>
    /// <param name="owner">What stands before the name of its module: nothing, or <c>this.</c> where variables have the names of layers.</param>
    public abstract string? Forward(string x, string owner = "");

    /// <summary>The window's arguments of a max pooling, where <see cref="ResolvedNetwork.Steps"/> may join it to the rectification before it.</summary>
    public virtual string? PoolArguments => null;

    /// <summary>The numbers of a normalisation across maps, where <see cref="ResolvedNetwork.Steps"/> may join it to the pooling before it.</summary>
    public virtual string? ResponseArguments => null;

    /// <summary>The position, among its inputs, of the one that it adds the others to, which nobody else reads; −1 where it leaves all as they are.</summary>
    public virtual int AddsTo => -1;

    /// <summary>What it computes in evaluation, for other programs.</summary>
    public abstract Operation Operation { get; }

    /// <summary>Which units of its input one unit depends on.</summary>
    public abstract Locality Locality { get; }

    /// <summary>Whether its backward pass does without its output, which a rectification may then overwrite.</summary>
    public virtual bool OutputUnusedByBackward => false;

    /// <summary>The layer applied in evaluation mode, each result a tensor of its own variable.</summary>
    public virtual string Record(string x) => Forward(x, "this.")!;

    /// <summary>The layer applied in evaluation mode, its result alone.</summary>
    public string Evaluate(string x) => HasSwitches ? Forward(x)! : Record(x);

    /// <summary>What its window takes beyond the border: with <see cref="WindowBorder.OwnRule"/> it is never slid over a part of its input.</summary>
    public virtual WindowBorder Border => WindowBorder.OwnRule;

    /// <summary>The layer slid over a part of its input that has all padding it needs; null where the layer slides no window.</summary>
    public virtual string? EvaluateValid(string x) => null;

    /// <summary>Whether <see cref="Record"/> yields a pair of pooled maps and switches.</summary>
    public virtual bool HasSwitches => false;

    /// <summary>Whether it yields max(0, x), which <see cref="ResolvedNetwork.Steps"/> may join to a max pooling that follows.</summary>
    public virtual bool IsPositivePart => false;

    /// <summary>Whether it yields max(0, x) in place of its input, which nobody else reads.</summary>
    public virtual bool RectifiesInPlace => false;

    /// <summary>Whether it only moves and scales each map: a relu behind it still rectifies the layer before it.</summary>
    public virtual bool IsAffinePerChannel => false;

    /// <summary>Of a rectifier, the slope that the backward projection gives what is below 0.</summary>
    public virtual double SignalSlope => 0;

    /// <summary>Of a rectifier, the greatest value that it yields; null where there is none.</summary>
    public virtual double? Most => null;

    /// <summary>The expression of what it multiplies each map by in evaluation, [maps]; null where it does more than that and a shift.</summary>
    /// <param name="owner">What stands before the name of its module.</param>
    public virtual string? Scale(string owner) => null;

    /// <summary>The window that slides over its input, of a convolution or a pooling; null for any other kind.</summary>
    public virtual Window? SlidingWindow => null;

    /// <summary>Parts that its maps fall into, filtered apart.</summary>
    public virtual int GroupCount => 1;

    /// <summary>Whether the positions that padding adds count in its mean.</summary>
    public virtual bool CountsPadding => true;

    /// <summary>What its weights and biases start from.</summary>
    public virtual InitialValues Initial => default;

    /// <summary>Whether its output is what one looks at: feature maps or units of its own, not another layer's passed on.</summary>
    public virtual bool HasFeatures => true;

    /// <summary>The step of the backward projection; a kind whose step can be taken in a window says so here.</summary>
    public virtual BackwardStep Backward => BackProject("x") is null ? BackwardStep.Identity : BackwardStep.WholeImage;

    /// <summary>The step down through this layer applied to the variable <paramref name="x"/>; null where it is the identity.</summary>
    public abstract string? BackProject(string x);

    /// <summary>What comes back to one of its inputs.</summary>
    /// <param name="x">The variable of the signal at its output.</param>
    /// <param name="input">The input, from 0.</param>
    public virtual string BackProject(string x, int input) => BackProject(x) ?? x;
}

/// <summary>A module that a generated network holds as a field.</summary>
/// <param name="Type">Its TorchSharp type.</param>
/// <param name="Construction">The expression that makes it; the number of classes is in the variable <c>classes</c>.</param>
internal readonly record struct ModuleField(string Type, string Construction);
