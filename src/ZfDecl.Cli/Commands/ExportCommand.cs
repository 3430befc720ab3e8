using System.Globalization;
using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Opening;
using ZfDecl.Files;
using ZfDecl.Interchange.Exports;
using ZfDecl.Interchange.Exports.Onnx;
using ZfDecl.Interchange.Exports.PyTorch;
using ZfDecl.Interchange.Specs;
using ZfDecl.Messages;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Cli.Commands;

/// <summary><c>-t:Export</c>: writes a network for other programs.</summary>
internal static class ExportCommand
{
    public static int Run(RunContext context)
    {
        var (source, settings, log) = (TrainedRun.Choose(context), context.Settings, context.Log);
        var info = source.Entry.Info;
        var format = settings.Value(SettingTable.To);
        var isOnnx = format == ExportFormats.Onnx;
        var (opset, inGraph) = isOnnx ? (settings.Value(SettingTable.Opset), settings.Value(SettingTable.PreprocessInside)) : (0, false);
        var path = settings.FilePath(SettingTable.ExportOut, Path.Combine(source.Folder, "export", FileOf(info.Name, format)))!;
        var overwrites = settings.Value(SettingTable.Overwrite);
        var seed = source.Run is null ? settings.Value(SettingTable.Seed) : 0;
        settings.Report(log);
        if (!overwrites)
            CheckFree(format == ExportFormats.PyTorch ? [path, PyTorchExport.WeightsBeside(path)] : isOnnx ? [path, path + OnnxExport.BesideSuffix] : [path]);

        using var network = source.Run?.LoadNetwork(source.Entry, log) ?? OpenedRun.Untrained(source.Entry, info.Classes, seed);
        using var scope = NewDisposeScope();
        var exported = Exported(context, source, network);
        var files = format switch
        {
            ExportFormats.Onnx => OnnxExport.Write(exported, path, opset, inGraph),
            ExportFormats.PyTorch => PyTorchExport.Write(exported, path),
            _ => SafeTensorsExport.Write(exported, path),
        };
        foreach (var file in files)
            log.Say(string.Create(CultureInfo.InvariantCulture, $"{context.Portable(file)}: {new FileInfo(file).Length:N0} bytes"));
        if (isOnnx)
            log.Say($"'{exported.Spec.Network.Layers[^1].Name}' [N, {exported.Spec.Network.Layers[^1].Output}] from 'images' [N, {info.Input}], {(inGraph ? $"pixels from 0 to 255{(info.Input.Maps == 3 ? ", red first" : "")}" : "prepared as the model's metadata says; -p:Preprocess=yes does that in the model")}");
        return 0;
    }

    /// <summary>Python imports no file with a hyphen in its name.</summary>
    private static string FileOf(string network, string format) =>
        Path.ChangeExtension(format == ExportFormats.PyTorch ? NetworkName.FileOf(network).Replace('-', '_') : NetworkName.FileOf(network), ExportFormats.ExtensionOf(format));

    private static ExportedNetwork Exported(RunContext context, TrainedRun source, ConvNet network)
    {
        var (info, classes) = (source.Entry.Info, source.Run?.Record.Classes ?? [.. Enumerable.Range(0, source.Entry.Info.Classes).Select(index => index.ToString(CultureInfo.InvariantCulture))]);
        return new()
        {
            Spec = ExportedSpec.Of(info, Written(Path.Combine(context.Root, info.SpecFile)), network.Classes),
            Classes = classes,
            Statistics = source.Run?.Statistics,
            Weights = network.state_dict(),
            Licence = source.Run?.Record.Imported?.Licence ?? "",
        };
    }

    /// <summary>What a spec's file says; null where it is not there.</summary>
    private static string? Written(string path)
    {
        try
        {
            return File.Exists(path) ? RegularFile.ReadInput(path, RegularFile.LargestTable) : null;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or ZfDeclException)
        {
            return null;        // the compiled declaration says the same
        }
    }

    /// <summary>Nothing is written over unasked.</summary>
    /// <exception cref="ZfDeclException">ZF1530: a file is there.</exception>
    private static void CheckFree(params IReadOnlyList<string> paths)
    {
        if (paths.FirstOrDefault(path => File.Exists(path) || Directory.Exists(path)) is { } taken)
            throw new ZfDeclException("ZF1530", $"'{taken}' is there already. Name another file with `out`, or replace it with `overwrite=yes`", taken);
    }
}
