using ZfDecl.Tests.Reporting.Browser;

namespace ZfDecl.Tests.Explore.Browser;

/// <summary>A test on several examples that needs a browser; where there is none it is skipped, and says so.</summary>
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = new BrowserFactAttribute().Skip;
}
