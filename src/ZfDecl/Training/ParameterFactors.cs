using ZfDecl.Generators.Language;
using ZfDecl.Generators.Primitives;
using ZfDecl.Networks;

namespace ZfDecl.Training;

/// <summary>
/// Factors of the learning rate or of the weight decay, by name: of a kind of parameters, <c>weight</c> or <c>bias</c>, and of a layer. Those that a parameter has
/// multiply: with <c>{ bias: 2, fc8: 10 }</c> the biases of fc8 have 20, as in Caffe's recipes.
/// </summary>
/// <param name="factors">Each 0 or more.</param>
internal sealed class ParameterFactors(IReadOnlyDictionary<string, double> factors)
{
    /// <summary>The factor of a parameter; 1 where nothing names it.</summary>
    /// <param name="parameter">Its name, for example <c>conv1.bias</c>.</param>
    public double Of(string parameter)
    {
        var dot = parameter.LastIndexOf('.');
        return Named(parameter[(dot + 1)..]) * (dot < 0 ? 1 : Named(parameter[..dot]));
    }

    /// <summary>What is wrong with the names; null where nothing is.</summary>
    /// <param name="info">The network that is trained.</param>
    /// <param name="names">The names that have factors.</param>
    public static string? Problem(NetworkInfo info, IEnumerable<string> names)
    {
        string[] possible = [TrainKeys.Weight, TrainKeys.Bias, .. info.Layers.Where(layer => layer.Parameters > 0).Select(layer => layer.Name)];
        return names.FirstOrDefault(name => !possible.Contains(name)) is { } unknown ? $"'{unknown}' is neither a kind of parameter nor a layer that has some{Nearest.Hint(unknown, possible)}" : null;
    }

    private double Named(string name) => factors.GetValueOrDefault(name, 1);
}
