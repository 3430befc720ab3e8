using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using ZfDecl.Analyses.Correspond;
using ZfDecl.Analyses.Evaluate;
using ZfDecl.Analyses.Occlude;
using ZfDecl.Analyses.Visualize;
using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Studies;
using ZfDecl.Data.Decoding;
using ZfDecl.Data.Formats;
using ZfDecl.Data.Layouts;
using ZfDecl.Endurance.Faults;
using ZfDecl.Files;
using ZfDecl.Findings;
using ZfDecl.Messages;
using ZfDecl.Models;
using ZfDecl.Networks.Recipes;
using ZfDecl.Runs;
using ZfDecl.Search;
using ZfDecl.Studies.Comparison;
using ZfDecl.Studies.Transfer;
using ZfDecl.Training.Logs;
using static TorchSharp.torch;

namespace ZfDecl.Endurance.Reading;

/// <summary>One file of each kind that the library reads, with its reader: of a small run and its analyses, and of small data sets.</summary>
internal static class ReadFiles
{
    private const int Images = 12, Side = 8;

    /// <summary>Makes them.</summary>
    /// <param name="workshop">Runs the commands that leave the files of a run.</param>
    public static IReadOnlyList<ReadFile> Make(Workshop workshop)
    {
        foreach (var command in Commands)
        {
            if (workshop.Run(command.Split(' ')) is { Code: not 0 } failed)
                throw new InvalidOperationException(failed.Said);
        }
        return [.. OfARun(Directory.EnumerateFiles(workshop.Artifacts, "*", SearchOption.AllDirectories).ToLookup(path => Path.GetFileName(path))), .. OfData(), .. ForeignFiles.Make(), Shard()];
    }

    private static string[] Commands =>
    [
        "train --epochs=2 --batch=16", "visualize --layers=conv1 --maps=1+3 --top=2", "evaluate", "occlude --image=0 --size=14 --stride=14",
        "transfer --per-class=1 --folds=1 --run=untrained --scratch=no --classes=0-3",
    ];

    private static IEnumerable<ReadFile> OfARun(ILookup<string, string> files)
    {
        yield return Record(RunDirectory.RecordName, RunRecord.Read);
        yield return Record(NetworkRecord.FileName, path => NetworkRecord.Read(Path.GetDirectoryName(path)!));
        yield return Record(SpriteIndex.FileName, RecordJson.Read<SpriteIndex>);
        yield return Record(ReportSection.FileName, RecordJson.Read<ReportSection>);
        yield return Record(OcclusionGrid.FileName, RecordJson.Read<OcclusionGrid>);
        yield return Record("summary.json", RecordJson.Read<EvaluationSummary>);
        yield return Record(StudyRecord.FileName, RecordJson.Read<StudyRecord>);
        yield return Record("rows.json", StudyRows<FewShotRow>.Read);
        yield return Of(RunDirectory.MetricsName, path => MetricsFile.Read(Path.GetDirectoryName(path)!), HasSealedTable);
        yield return Of("classes.csv", CsvTable.Read, HasSealedTable);
        yield return Of(RunDirectory.InputName, InputFile.Read, SafeTensorsFile.IsSealed);
        yield return Of(RunDirectory.WeightsName, SafeTensorsFile.Read);
        yield return Of("epoch-0001.safetensors", SafeTensorsFile.Read, SafeTensorsFile.IsSealed);
        yield return Of(Path.GetFileName(TensorBoardLog.EventsFile), path => EventFile.Read(path).ToList());

        ReadFile Record<T>(string name, Func<string, T> read) => Of(name, read, path => RecordScan.Of(File.ReadAllBytes(path)).SealAt is not null);

        ReadFile Of<T>(string name, Func<string, T> read, Func<string, bool>? isSealed = null) => new(name, File.ReadAllBytes(files[name].First()), path =>
        {
            using var scope = NewDisposeScope();
            read(path);
        }, isSealed);
    }

    private static IEnumerable<ReadFile> OfData()
    {
        byte[] pixels = [.. Enumerable.Range(0, Images * Side * Side).Select(i => (byte)(i * 37))], labels = [.. Enumerable.Range(0, Images).Select(i => (byte)(i % 3))];
        var idx = Idx(0x803, [Images, Side, Side], pixels);
        yield return new("images.idx", idx, path => IdxFile.Read(path, 3));
        yield return new("images.idx.gz", Zipped(idx), path => IdxFile.Read(path, 3));
        yield return new("labels.idx", Idx(0x801, [Images], labels), path => IdxFile.Read(path, 1));
        yield return new("parts.csv", Lines("image,part,x,y,w,h", i => $"{i},\"left, eye\",{i},2,8,{i + 1}"), path => PartsFile.Read(path));
        yield return new("rows.csv", Lines("a,b", i => $"{i},\"x \"\"y\"\", {i}\""), path => All(CsvRows.Read(path)));
        yield return new("list.csv", Lines("path,class,split", i => $"pictures/{i}.png,class {i % 2},{(i % 3 == 0 ? "test" : "train")}"), path =>
            ImageFolder.Open(path, new(new(1, Side, Side), new() { Resize = null, Subtract = Subtraction.None, Divide = 255, Augment = Augmentation.None, Shift = 0 }, 1, new SilentLog())).Dispose());
        yield return new("study.yaml", Encoding.UTF8.GetBytes("study: Try\ntext: Some.\nseeds: [1, 2]\nrows:\n  - { row: a, spec: Fashion, epochs: 2 }\n  - { row: b, spec: Fashion, epochs: 3, against: a }\n"),
            path => StudyFile.Read(path, new NetworkCatalog(DeclaredNetworks.All)));
        foreach (var (name, format) in ((string, SkiaSharp.SKEncodedImageFormat)[])[("picture.png", SkiaSharp.SKEncodedImageFormat.Png), ("picture.jpg", SkiaSharp.SKEncodedImageFormat.Jpeg)])
            yield return new(name, Picture(format), path => PictureFile.Read(path, new(3, Side, Side), new SilentLog()));
    }

    private static ReadFile Shard()
    {
        var layer = DeclaredNetworks.All.First(entry => entry.Info.Name == "Fashion").Info.Layer("conv1");
        var identity = new SearchIdentity { SpecHash = "s", WeightsHash = "w", DataHash = "d", Split = "validation", Images = 3, Batch = 2, Top = 2, PerImage = PerImage.One, Layers = "conv1" };
        var folder = Directory.CreateTempSubdirectory("zfdecl-shard-");
        try
        {
            var found = new TopUnits(layer, 2);
            found.Add(0, new(1.5f, 2, 3, 4));
            var path = ShardFile.Write(folder.FullName, Search.Shard.Whole, identity, [found]);
            return new(Path.GetFileName(path), File.ReadAllBytes(path), file => ShardFile.Merge(Path.GetDirectoryName(file)!, identity, [new(layer, 2)]), _ => true);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void All<T>(IEnumerable<T> rows)
    {
        foreach (var _ in rows)
        {
            // Read as it is asked for.
        }
    }

    private static bool HasSealedTable(string path) => File.ReadAllText(path).TrimEnd('\n') is var text && text[(text.LastIndexOf('\n') + 1)..].StartsWith(CsvFile.Mark, StringComparison.Ordinal);

    private static byte[] Lines(string header, Func<int, string> line) => Encoding.UTF8.GetBytes($"{header}\n{string.Concat(Enumerable.Range(0, Images).Select(i => line(i) + "\n"))}");

    private static byte[] Idx(int magic, int[] sizes, byte[] values)
    {
        var header = new byte[4 + 4 * sizes.Length];
        BinaryPrimitives.WriteInt32BigEndian(header, magic);
        for (var i = 0; i < sizes.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + 4 * i), sizes[i]);
        return [.. header, .. values];
    }

    private static byte[] Zipped(byte[] content)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Optimal))
            zip.Write(content);
        return zipped.ToArray();
    }

    private static byte[] Picture(SkiaSharp.SKEncodedImageFormat format)
    {
        using var bitmap = new SkiaSharp.SKBitmap(2 * Side, Side);
        for (var i = 0; i < 2 * Side * Side; i++)
            bitmap.SetPixel(i % (2 * Side), i / (2 * Side), new((byte)(i * 7), (byte)(i * 3), (byte)i));
        using var encoded = bitmap.Encode(format, 90);
        return encoded.ToArray();
    }
}
