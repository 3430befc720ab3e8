using System.Diagnostics;
using ZfDecl.Data.Decoding;
using ZfDecl.Messages;

namespace ZfDecl.Tests.Data;

/// <summary>Pictures that Pillow writes are decoded to what Pillow reads: another decoder of each kind, by other people.</summary>
public class PillowTests
{
    private const int Width = 33, Height = 25;

    // Writes pictures of every kind, and beside each its pixels, RGB over white.
    private const string Script = """
        import sys, os, random
        from PIL import Image
        out = sys.argv[1]
        random.seed(1)
        w, h = 33, 25
        rgb = Image.new('RGB', (w, h))
        rgb.putdata([((x * 7) % 256, (y * 10) % 256, random.randrange(256)) for y in range(h) for x in range(w)])
        grey, palette, bits = rgb.convert('L'), rgb.quantize(32), rgb.convert('1')
        alpha = rgb.convert('RGBA'); alpha.putalpha(grey)
        deep = Image.new('I;16', (w, h))
        for y in range(h):
            for x in range(w):
                deep.putpixel((x, y), (x * 1900 + y * 37) % 65536)
        kinds = dict(rgb=rgb, grey=grey, palette=palette, alpha=alpha, bits=bits, deep=deep)
        def save(image, name, **how):
            path = os.path.join(out, name)
            image.save(path, **how)
            back = Image.open(path); back.load()
            if back.mode.startswith('I'):
                back = Image.frombytes('L', back.size, bytes(min(255, int(v / 257 + 0.5)) for v in back.getdata()))
            over = Image.new('RGBA', back.size, (255, 255, 255, 255)); over.alpha_composite(back.convert('RGBA'))
            open(path + '.rgb', 'wb').write(over.convert('RGB').tobytes())
        for name, image in kinds.items():
            for how in ['raw', 'tiff_lzw', 'tiff_adobe_deflate', 'tiff_deflate', 'packbits']:
                if name != 'bits' or how != 'raw':
                    save(image, f'{name}-{how}.tif', compression=how)
        save(rgb, 'rgb-jpeg.tif', compression='jpeg', quality=95)
        save(grey, 'grey-jpeg.tif', compression='jpeg', quality=95)
        save(rgb, 'rgb-16-strips.tif', compression='tiff_lzw', tiffinfo={278: 5})
        save(rgb, 'rgb.ppm'); save(grey, 'grey.pgm'); save(bits, 'bits.pbm'); save(deep.convert('I'), 'deep.pgm')
        for name in ['rgb', 'grey', 'palette', 'alpha']:
            save(kinds[name], f'{name}.tga'); save(kinds[name], f'{name}-packed.tga', compression='tga_rle')
        save(rgb, 'rgb-bottom.tga', orientation=-1)
        """;

    [PillowFact]
    public void WhatPillowWritesIsDecodedToWhatPillowReads()
    {
        using var folder = new TemporaryFolder();
        using (var python = Process.Start(PillowFactAttribute.Python!, ["-c", Script, folder.Path]))
        {
            python.WaitForExit();
            Assert.Equal(0, python.ExitCode);
        }
        string[] expected = [.. Directory.GetFiles(folder.Path, "*.rgb").Order(StringComparer.Ordinal)];
        Assert.Equal(45, expected.Length);
        Assert.Equal("", string.Join("; ", from file in expected
                                           let picture = file[..^".rgb".Length]
                                           let difference = Difference(PictureFile.Read(picture, new(3, Height, Width), new SilentLog()), File.ReadAllBytes(file))
                                           where difference >= 1
                                           select $"{Path.GetFileName(picture)}: {difference:0.00}"));
    }

    /// <summary>The mean difference of planes [3, H, W] from pixels [H, W, 3].</summary>
    private static double Difference(byte[] planes, byte[] pixels) =>
        pixels.Select((value, i) => Math.Abs(value - planes[i % 3 * Width * Height + i / 3])).Average();
}
