namespace ZfDecl.Tests.Data;

/// <summary>As <see cref="PillowFactAttribute"/>, of several cases.</summary>
public sealed class PillowTheoryAttribute : TheoryAttribute
{
    public PillowTheoryAttribute() => Skip = new PillowFactAttribute().Skip;
}
