namespace ZfDecl.Generators.Model;

/// <summary>What the weights and biases of a layer start from, where a layer has a say of its own.</summary>
/// <param name="Std">The standard deviation of the weights; null for the recipe's rule.</param>
/// <param name="Bias">Every bias.</param>
internal readonly record struct InitialValues(double? Std, double Bias);
