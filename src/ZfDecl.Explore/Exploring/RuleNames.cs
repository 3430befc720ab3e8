using ZfDecl.Explore.Problems;
using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Explore.Exploring;

/// <summary>The rules of the deconvnet as the page names them.</summary>
internal static class RuleNames
{
    /// <summary>The rules of these names.</summary>
    /// <param name="rule"><c>deconv</c>, <c>mask</c> or <c>guided</c>; the paper's where null or empty.</param>
    /// <param name="unpool"><c>sum</c> or <c>overwrite</c>; the sum where null or empty.</param>
    /// <exception cref="ZfDeclException">ZF1810: there is no such rule.</exception>
    public static DeconvnetOptions Of(string? rule, string? unpool) => new() { Relu = One<ReluRule>(rule), Unpool = One<UnpoolRule>(unpool) };

    private static T One<T>(string? name) where T : struct, Enum => string.IsNullOrEmpty(name) ? default
        : Enum.GetNames<T>().Contains(name, StringComparer.OrdinalIgnoreCase) ? Enum.Parse<T>(name, ignoreCase: true)
        : throw RequestErrors.Unreadable($"there is no such rule; there are {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}");
}
