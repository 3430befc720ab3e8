using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SkiaSharp;

namespace ZfDecl.Endurance.Exploring;

/// <summary>What somebody does in the explorer, again and again: hands a picture over, looks, clicks, drags, covers, exports.</summary>
public sealed class ScriptedUse : IDisposable
{
    private static readonly string[] AllRules = ["deconv", "mask", "guided"];

    private readonly HttpClientHandler handler = new() { AllowAutoRedirect = false, CookieContainer = new() };
    private readonly HttpClient client;
    private readonly Uri address;

    /// <param name="first">The first address, with its token.</param>
    public ScriptedUse(Uri first)
    {
        address = new(first.GetLeftPart(UriPartial.Authority));
        client = new(handler) { BaseAddress = address };
        client.GetAsync(first).GetAwaiter().GetResult().Dispose();
    }

    /// <summary>The header that the browser sends along.</summary>
    public string Cookie => handler.CookieContainer.GetCookieHeader(address);

    /// <summary>Does all of it once.</summary>
    /// <param name="round">Which time it is: images and places differ from time to time.</param>
    /// <exception cref="InvalidOperationException">An answer is not what it should be.</exception>
    public async Task Once(int round)
    {
        using var picture = new ByteArrayContent(Picture(round));
        using var handed = await client.PostAsync(new Uri("api/upload", UriKind.Relative), picture).ConfigureAwait(false);
        var images = new List<string> { string.Create(CultureInfo.InvariantCulture, $"data:{round % 1000}") };
        if (handed.StatusCode != HttpStatusCode.TooManyRequests)
            images.Add(JsonSerializer.Deserialize<JsonElement>(await handed.Content.ReadAsStringAsync().ConfigureAwait(false)).GetProperty("image").GetString()!);
        foreach (var image in images)
        {
            await Ask("look", new { subject = new { image, edit = new { rotate = round % 90 } }, layer = "conv2" }).ConfigureAwait(false);
            await Ask("project", new { subject = new { image }, layer = "conv3", rules = AllRules, chain = true }).ConfigureAwait(false);
            await Ask("look", new { subject = new { image, edit = new { occluder = new { y = round % 20, x = 3, size = 6 } } }, layer = "conv3", map = 1, tiles = false }).ConfigureAwait(false);
        }
        await Ask("export", new { pins = new[] { new { id = "a", state = $"layer=conv3&map={round % 64}&image={images[0]}", note = "" } }, format = "safetensors" }).ConfigureAwait(false);
        await Ask("occlude", new { subject = new { image = "data:1" }, layer = "conv3", size = 14, stride = 14 }).ConfigureAwait(false);
    }

    /// <summary>Asks something.</summary>
    /// <returns>The answer.</returns>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public async Task<string> Ask(string question, object body)
    {
        using var answer = await client.PostAsJsonAsync($"api/{question}", body).ConfigureAwait(false);
        var text = await answer.Content.ReadAsStringAsync().ConfigureAwait(false);
        return answer.IsSuccessStatusCode ? text : throw new InvalidOperationException($"{question}: {answer.StatusCode} {text}");
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        client.Dispose();
        handler.Dispose();
    }

    private static byte[] Picture(int round)
    {
        using var bitmap = new SKBitmap(40, 40);
        bitmap.Erase(new SKColor((byte)(round * 37), (byte)(round * 11), (byte)(round * 71)));
        bitmap.SetPixel(round % 40, round / 40 % 40, SKColors.White);
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }
}
