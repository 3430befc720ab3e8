using ZfDecl.Tests.Reporting.Browser;

namespace ZfDecl.Tests.Explore.Browser;

/// <summary>What a hand does to the image, and what follows from it.</summary>
[Collection(ExplorerInABrowser.Name)]
public sealed class TouchingTests(ExplorerInABrowser explorer)
{
    private const string Seen = "#stage canvas", Classes = "#classes .side:first-child .classes";

    [BrowserFact]
    public async Task DraggingTheSquareChangesClassesAndActivityAndNeverQueuesUp()
    {
        await using var page = await explorer.OpenAsync("layer=conv3&map=3&image=data:3");
        var (classes, activity) = (await page.TextAsync(Classes), await page.TextAsync(".activity .value"));
        await page.PressAsync("c");
        var box = (await page.Page.Locator("#stage").BoundingBoxAsync())!;
        await page.Page.Mouse.MoveAsync(box.X + (box.Width * .3f), box.Y + (box.Height * .3f));
        await page.Page.Mouse.DownAsync();
        await page.RestAsync();
        var asked = await page.EvaluateAsync<int>("(requests.most = 0, requests.asked.look0)");
        await page.Page.Mouse.MoveAsync(box.X + (box.Width * .6f), box.Y + (box.Height * .55f), new() { Steps = 60 });
        await page.Page.Mouse.UpAsync();
        await page.RestAsync();
        // 28 pixels: the middle of a square of 7 is at 16.8, 15.4.
        await page.UntilAsync("location.hash.includes('cover=12,13,7')");
        Assert.NotEqual(classes, await page.TextAsync(Classes));
        Assert.NotEqual(activity, await page.TextAsync(".activity .value"));
        Assert.Equal(1, await page.EvaluateAsync<int>("requests.most"));
        Assert.InRange(await page.EvaluateAsync<int>("requests.asked.look0") - asked, 2, 60);
        // What is shown last is of the place where the square rests.
        var shown = await page.TextAsync(Classes);
        await using var again = await explorer.OpenAsync(page.Fragment[1..]);
        Assert.Equal(shown, await again.TextAsync(Classes));
        Assert.Empty(page.Problems);
    }

    [BrowserFact]
    public async Task TheSquareIsMovedAndSizedByKeyAndWheel()
    {
        await using var page = await explorer.OpenAsync("layer=conv3&map=3&image=data:3");
        await page.PressAsync("c");
        foreach (var key in (string[])["ArrowRight", "ArrowRight", "ArrowDown", "Shift+ArrowUp", "+", "+", "-"])
            await page.PressAsync(key);
        // It began as a square of 7 in the middle of 28 pixels, at row and column 11 (10.5 rounded).
        await page.UntilAsync("location.hash.endsWith('cover=4,13,8')");
        var box = (await page.Page.Locator("#stage").BoundingBoxAsync())!;
        await page.Page.Mouse.MoveAsync(box.X + 50, box.Y + 50);
        await page.Page.Mouse.WheelAsync(0, -120);
        await page.UntilAsync("location.hash.includes(',9')");
        await page.PressAsync("Escape");
        await page.UntilAsync("!location.hash.includes('cover')");
        Assert.Empty(page.Problems);
    }

    [BrowserFact]
    public async Task TheHeatMapIsFilledAndSaysWhatItShows()
    {
        await using var page = await explorer.OpenAsync("layer=conv3&map=3&image=data:3");
        await page.PressAsync("c");
        await page.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Heat map" }).ClickAsync();
        await page.UntilAsync("document.getElementById('says').textContent.startsWith('The heat map is done')");
        Assert.False(await page.EvaluateAsync<bool>("document.querySelector('.heat-map').hidden"));
        var probability = await page.PictureAsync(".heat-map");
        await page.Page.CheckAsync("input[name=heat][value=activity]");
        await page.UntilAsync("document.querySelector('.heat-controls .scale').textContent.includes('of the map')");
        await page.RestAsync();
        Assert.NotEqual(probability, await page.PictureAsync(".heat-map"));
        await page.PressAsync("n");
        Assert.True(await page.EvaluateAsync<bool>("document.querySelector('.heat-map').hidden"));
        Assert.Empty(page.Problems);
    }

    [BrowserFact]
    public async Task ErasingShiftingTurningBlurringAndCroppingChangeWhatTheNetworkSees()
    {
        await using var page = await explorer.OpenAsync("layer=conv3&map=3&image=data:3");
        var seen = new List<long> { await page.PictureAsync(Seen) };
        var box = (await page.Page.Locator("#stage").BoundingBoxAsync())!;
        async Task Drag(string tool, float dx, float dy)
        {
            await page.PressAsync(tool);
            await page.Page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
            await page.Page.Mouse.DownAsync();
            await page.Page.Mouse.MoveAsync(box.X + (box.Width / 2) + dx, box.Y + (box.Height / 2) + dy, new() { Steps = 5 });
            await page.Page.Mouse.UpAsync();
            await page.RestAsync();
            seen.Add(await page.PictureAsync(Seen));
        }
        await Drag("e", 30, 30);
        await Drag("h", 40, -20);
        foreach (var (slider, value) in new[] { ("turn", 30), ("enlarge", 2), ("blur", 2) })
        {
            await page.EvaluateAsync<bool>($"(() => {{ const box = document.querySelector('input[aria-label={slider}]'); box.value = {value}; box.dispatchEvent(new Event('input')); return true; }})()");
            await page.RestAsync();
            seen.Add(await page.PictureAsync(Seen));
        }
        await page.PressAsync("z");
        await page.Page.Mouse.WheelAsync(0, -120);
        await page.RestAsync();
        seen.Add(await page.PictureAsync(Seen));
        Assert.Equal(seen.Count, seen.Distinct().Count());
        await page.UntilAsync("['erase=', 'shift=', 'rotate=30', 'enlarge=2', 'blur=2', 'view='].every(part => location.hash.includes(part))");
        await page.PressAsync("0");
        Assert.Equal(seen[0], await page.PictureAsync(Seen));
        Assert.Empty(page.Problems);
    }

    [BrowserFact]
    public async Task AClickIntoTheImageShowsTheUnitThatSeesIt()
    {
        await using var page = await explorer.OpenAsync("layer=conv3&map=3&image=data:3");
        var box = (await page.Page.Locator("#stage").BoundingBoxAsync())!;
        await page.Page.Mouse.ClickAsync(box.X + 5, box.Y + box.Height - 5);
        await page.RestAsync();
        await page.UntilAsync("location.hash.includes('at=6,0')");
        Assert.Empty(page.Problems);
    }
}
