namespace ZfDecl.Tests.Reporting.Browser;

/// <summary>A test that needs a browser; where there is none it is skipped, and says so.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (Chromium.Program is null)
            Skip = "no chromium on the path (Debian: apt-get install chromium), and ZFDECL_CHROMIUM names none";
    }
}
