namespace ZfDecl.Cli.Health;

/// <summary>What was found of something that a command needs, or could use.</summary>
/// <param name="Subject">What was looked at, for example <c>libtorch</c>.</param>
/// <param name="Found">What there is.</param>
/// <param name="State">What that means.</param>
/// <param name="Remedy">What to do; null where nothing is to be done.</param>
internal sealed record Finding(string Subject, string Found, HealthState State = HealthState.Well, string? Remedy = null);
