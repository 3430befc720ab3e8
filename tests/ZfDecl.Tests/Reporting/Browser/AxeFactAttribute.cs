namespace ZfDecl.Tests.Reporting.Browser;

/// <summary>A test that needs a browser and axe-core, which checks pages for those who cannot see or point; where one is missing it is skipped, and says so.</summary>
public sealed class AxeFactAttribute : FactAttribute
{
    private const string Variable = "ZFDECL_AXE";

    public AxeFactAttribute() => Skip = Chromium.Program is null ? new BrowserFactAttribute().Skip
        : Script is null ? $"{Variable} names no axe.min.js (npm install axe-core, then {Variable}=node_modules/axe-core/axe.min.js)" : null;

    /// <summary>The file of axe-core; null where there is none.</summary>
    public static string? Script => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path && File.Exists(path) ? path : null;
}
