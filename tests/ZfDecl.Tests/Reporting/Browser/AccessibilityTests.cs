using Deque.AxeCore.Commons;

namespace ZfDecl.Tests.Reporting.Browser;

public sealed class AccessibilityTests(ReportInABrowser reports) : IClassFixture<ReportInABrowser>
{
    [BrowserFact]
    public async Task AxeFindsNothingSerious()
    {
        foreach (var (report, dark, width, fragment) in new[] { (reports.One, false, 1280, "#images/Bag/Coat"), (reports.One, true, 1280, "#images/Bag/Coat"), (reports.One, false, 400, ""), (reports.Two, true, 1280, "") })
        {
            var page = await reports.NewPageAsync(width, 900, dark);
            await page.OpenAsync(report, fragment);
            await page.EvaluateAsync<bool>("(() => { " + new BundledAxeScriptProvider().GetScript() + "\n; return true; })()");
            await page.EvaluateAsync<bool>("(window.found = null, axe.run().then(result => { window.checked = result.passes.length; window.found = result.violations.filter(one => one.impact === 'serious' || one.impact === 'critical').flatMap(one => one.nodes.map(node => `${one.id}: ${node.target.join(' ')} ${node.failureSummary.replace(/\\s+/g, ' ')}`)).slice(0, 20).join('\\n'); }), true)");
            await page.UntilAsync("window.found !== null");
            Assert.Equal("", await page.EvaluateAsync<string>("window.found"));
            Assert.True(await page.EvaluateAsync<int>("window.checked") > 20);
        }
    }
}
