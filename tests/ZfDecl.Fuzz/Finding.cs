namespace ZfDecl.Fuzz;

/// <summary>Something that must not be.</summary>
/// <param name="Seed">The seed of the spec that shows it: <c>--seed N --count 1</c> makes it again.</param>
/// <param name="What">What was found.</param>
/// <param name="Spec">The spec.</param>
public sealed record Finding(int Seed, string What, string Spec);
