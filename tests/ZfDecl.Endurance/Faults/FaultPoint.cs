namespace ZfDecl.Endurance.Faults;

/// <summary>A fault at an operation of a command.</summary>
/// <param name="Scenario">The name of the command.</param>
/// <param name="Fault">What happens.</param>
/// <param name="At">The number of the operation, from 1.</param>
public sealed record FaultPoint(string Scenario, Fault Fault, int At)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Scenario}, {Fault} at operation {At}";
}
