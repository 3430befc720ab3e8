using System.Diagnostics;
using System.Globalization;
using ZfDecl.Data.Decoding;
using ZfDecl.Messages;
using ZfDecl.Networks.Recipes;

namespace ZfDecl.Tests.Data;

/// <summary>Pictures are resized as Pillow resizes them, smaller and larger.</summary>
public class PillowResizeTests
{
    private const string Script = """
        import sys
        from PIL import Image
        path, name, width, height = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
        open(path + '.rgb', 'wb').write(Image.open(path).convert('RGB').resize((width, height), getattr(Image, name)).tobytes())
        """;

    [PillowTheory]
    [InlineData(Interpolation.Bilinear, "BILINEAR", 16, 12)]
    [InlineData(Interpolation.Bicubic, "BICUBIC", 16, 12)]
    [InlineData(Interpolation.Bilinear, "BILINEAR", 90, 70)]
    [InlineData(Interpolation.Bicubic, "BICUBIC", 90, 70)]
    [InlineData(Interpolation.Area, "BOX", 16, 12)]                 // where a new pixel covers whole old ones
    public void APictureOfAnotherSizeIsPillowsButForRounding(Interpolation interpolation, string name, int width, int height)
    {
        using var folder = new TemporaryFolder();
        var path = folder["picture.png"];
        // Of middling values: beyond 0 and 255 Pillow cuts off after the first direction already.
        File.WriteAllBytes(path, Pictures.Png(48, 36, (x, y) => Pictures.Noise(x, y) is var noise ? new((byte)(64 + (noise.Red / 2)), (byte)(64 + (noise.Green / 2)), (byte)(64 + (noise.Blue / 2))) : default));
        using (var python = Process.Start(PillowFactAttribute.Python!, ["-c", Script, path, name, width.ToString(CultureInfo.InvariantCulture), height.ToString(CultureInfo.InvariantCulture)]))
        {
            python.WaitForExit();
            Assert.Equal(0, python.ExitCode);
        }
        var planes = PictureFile.Read(path, new(3, height, width), new SilentLog(), new(Fitting.Squash, interpolation));
        // Pillow rounds between the two directions, and is one off where both are.
        Assert.All(File.ReadAllBytes($"{path}.rgb").Index(), pixel => Assert.InRange(planes[(pixel.Index % 3 * width * height) + (pixel.Index / 3)] - pixel.Item, -1, 1));
    }
}
