using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using SkiaSharp;
using ZfDecl.Cli;
using ZfDecl.Models;

namespace ZfDecl.Interchange.Tests.Exports;

/// <summary><c>-t:Export</c> as a user runs it, and the programs of docs/export.md on what it writes.</summary>
public sealed class ExportHostTests : IDisposable
{
    private const int Side = 28;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void TheProgramsOfTheDocumentationClassifyAPicture()
    {
        var (code, said) = Run($"--out={folder["fashion.onnx"]}", "--preprocess=yes");
        Assert.True(code == 0, said);
        Assert.Contains("'softmax' [N, 10 units] from 'images' [N, 1×28×28], pixels from 0 to 255", said, StringComparison.Ordinal);
        var pixels = Trouser();
        File.WriteAllBytes(folder["picture.bytes"], pixels);
        File.WriteAllBytes(folder["picture.png"], Png(pixels));

        Assert.Equal("Trouser, 1.000\n", DocumentedCode.Output("In a program", folder.Path).ReplaceLineEndings("\n"));
        Assert.Equal("class 1, 1.000\n", DocumentedCode.Output("In ML.NET", folder.Path).ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task TheWebApplicationOfTheDocumentationAnswers()
    {
        Assert.Equal(0, Run($"--out={folder["fashion.onnx"]}", "--preprocess=yes").Code);
        var address = $"http://127.0.0.1:{FreePort()}";
        var program = DocumentedCode.Program("Behind a web address", folder.Path);
        new Thread(() => program.Invoke(null, [new[] { $"--urls={address}", "--Logging:LogLevel:Default=None" }])) { IsBackground = true }.Start();

        using var client = new HttpClient { BaseAddress = new(address) };
        using var found = await Answer(client, Png(Trouser()));
        Assert.Equal("Trouser", (await found.Content.ReadFromJsonAsync<JsonElement>())[0].GetProperty("label").GetString());
        using var refused = await Answer(client, [1, 2, 3]);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public void AFileThatIsThereIsWrittenOverOnlyWhereThatIsAsked()
    {
        File.WriteAllText(folder["mine.safetensors"], "mine");
        Assert.Contains("error ZF1530: ", Run("--to=safetensors", $"--out={folder["mine.safetensors"]}").Said, StringComparison.Ordinal);
        Assert.Contains("error ZF1530: ", Run("--to=pytorch", $"--out={folder["mine.py"]}").Said, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(folder["mine.safetensors"]));
        Assert.False(File.Exists(folder["mine.py"]));
        Assert.Equal(0, Run("--to=pytorch", $"--out={folder["mine.py"]}", "--overwrite=yes").Code);
        Assert.Contains("LABELS = [\"T-shirt/top\", \"Trouser\"", File.ReadAllText(folder["mine.py"]), StringComparison.Ordinal);
        Assert.Contains("conv1.weight", ZfDecl.Files.SafeTensorsFile.TensorShapes(folder["mine.safetensors"]).Keys);
    }

    [Theory]
    [InlineData("ZF1003", "--to=tflite")]
    [InlineData("ZF1003", "--opset=12")]
    [InlineData("ZF1531", "--run=untrained", "--preprocess=yes")]
    [InlineData("ZF1207", "--run=nowhere")]
    public void WhatIsWrongHasACode(string code, params string[] given)
    {
        var (exit, said) = Run([.. given, $"--artifacts={folder["artifacts"]}"]);
        Assert.Equal(1, exit);
        Assert.Contains(code, said, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path, "*.onnx", SearchOption.AllDirectories));
    }

    private (int Code, string Said) Run(params string[] given)
    {
        using var output = new StringWriter();
        string[] artifacts = given.Any(setting => setting.StartsWith("--artifacts", StringComparison.Ordinal)) ? [] : [$"--artifacts={folder["artifacts"]}"];
        var code = new Host(DeclaredNetworks.All, output, output).Run(["export", .. given, .. artifacts, $"--root={Repository.Root}"]);
        return (code, output.ToString());
    }

    /// <summary>A pair of trousers, [28, 28]: two legs below a waist.</summary>
    private static byte[] Trouser() =>
        [.. Enumerable.Range(0, Side * Side).Select(i => (Y: i / Side, X: i % Side)).Select(at => at is { Y: >= 1 and < 27, X: >= 9 and < 19 } && (at.Y < 7 || at.X is < 13 or >= 15) ? (byte)200 : (byte)0)];

    private static byte[] Png(byte[] pixels)
    {
        using var bitmap = new SKBitmap(Side, Side);
        for (var i = 0; i < pixels.Length; i++)
            bitmap.SetPixel(i % Side, i / Side, new(pixels[i], pixels[i], pixels[i]));
        using var encoded = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return encoded.ToArray();
    }

    /// <summary>The answer to a picture, once the application listens.</summary>
    private static async Task<HttpResponseMessage> Answer(HttpClient client, byte[] picture)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await client.PostAsync(new Uri("/classify", UriKind.Relative), new ByteArrayContent(picture));
            }
            catch (HttpRequestException) when (tries < 200)
            {
                await Task.Delay(50);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
