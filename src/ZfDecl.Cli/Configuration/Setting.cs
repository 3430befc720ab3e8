namespace ZfDecl.Cli.Configuration;

/// <summary>A setting that a run uses.</summary>
/// <param name="Name">For example <c>learning-rate</c>.</param>
/// <param name="Value">As text, in the invariant culture.</param>
/// <param name="Origin">Where it comes from.</param>
public sealed record Setting(string Name, string Value, SettingOrigin Origin);

/// <summary>Where a setting comes from.</summary>
public enum SettingOrigin
{
    /// <summary>Nobody has said anything.</summary>
    Default,

    /// <summary>The spec says it.</summary>
    Spec,

    /// <summary>The run that is looked at was made with it.</summary>
    Run,

    /// <summary>The user has said it for this run, with <c>-p:</c>.</summary>
    Property,
}
