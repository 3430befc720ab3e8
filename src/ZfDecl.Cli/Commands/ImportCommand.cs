using System.Globalization;
using ZfDecl.Cli.Configuration;
using ZfDecl.Interchange;
using ZfDecl.Interchange.Caffe;
using ZfDecl.Interchange.Packages;
using ZfDecl.Interchange.Runs;
using ZfDecl.Interchange.Specs;
using ZfDecl.Messages;
using ZfDecl.Runs;

namespace ZfDecl.Cli.Commands;

/// <summary><c>-t:Import</c>: makes a spec and a run of a network that another program has written.</summary>
internal static class ImportCommand
{
    public static int Run(RunContext context)
    {
        var (settings, log) = (context.Settings, context.Log);
        if (settings.IsGiven(SettingTable.From) == settings.IsGiven(SettingTable.Package))
            throw new ZfDeclException("ZF1601", "name what is imported: a file with `from=…`, or a NuGet package with `package=Id/1.2.3`");
        if (settings.IsGiven(SettingTable.Spec))
            return ImportedWeights.Run(context);
        var side = settings.Value(SettingTable.ImageSize);
        var artifacts = context.Artifacts();
        var labels = settings.IsGiven(SettingTable.Labels) ? settings.FilePath(SettingTable.Labels, null) : null;
        var package = settings.IsGiven(SettingTable.Package) ? ModelPackage.Restore(settings.Value(SettingTable.Package, ""), DotNet, Path.Combine(artifacts, ".cache")) : null;
        var path = package?.Models[0] ?? settings.FilePath(SettingTable.From, null)!;
        var name = settings.IsGiven(SettingTable.Name) ? NetworkName.Given(settings.Value(SettingTable.Name, "")) : NetworkName.OfFile(path);
        settings.Report(log);

        var spec = Path.Combine(context.Specs, NetworkName.FileOf(name));
        var run = RunDirectory.PathOf(artifacts, name, ImportedRun.Name);
        CheckName(context, name, spec);
        if (File.Exists(path) && PrototxtImport.TryRead(path, new(name, side), log) is { } declared)
            return Declare(context, declared, spec);
        using var model = ModelFile.Open(path);
        var network = model.Read(new(name, side, package), log);
        ImportedRun.Check(network, spec, run);
        var classes = labels is null ? model.Labels(network) : ClassLabels.Read(labels, network.Classes);
        ImportedRun.Write(network, classes, labels, spec, run, context.CommandOf("Import"));
        Say(context, network, spec, run, hasNames: labels is not null || !classes.SequenceEqual(ClassLabels.Numbers(classes.Length)));
        return 0;
    }

    /// <summary>The executable that runs this process, or that of the SDK that started it.</summary>
    private static string DotNet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host
        : Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";

    /// <summary>A name belongs to one network.</summary>
    /// <exception cref="ZfDeclException">ZF1606: another spec declares it.</exception>
    private static void CheckName(RunContext context, string name, string spec)
    {
        if (context.Networks.All.FirstOrDefault(entry => string.Equals(entry.Info.Name, name, StringComparison.OrdinalIgnoreCase)) is { } taken
            && Path.GetFullPath(Path.Combine(context.Root, taken.Info.SpecFile)) != spec)
            throw new ZfDeclException("ZF1606", $"{taken.Info.SpecFile} declares a network {taken.Info.Name} already. Choose another name with `name`", taken.Info.SpecFile);
    }

    /// <summary>A network without weights is a spec alone.</summary>
    private static int Declare(RunContext context, ImportedNetwork network, string spec)
    {
        ImportedRun.WriteSpec(network, spec);
        SayNetwork(context, network);
        if (!network.Preprocess.IsStated)
            context.Log.Say($"the file does not say what is done to an image before, so nothing is done: write it into 'preprocess' of {context.Portable(spec)}");
        context.Log.Say($"{context.Portable(spec)}; import its weights with: dotnet msbuild -t:Import -p:Spec={network.Name} -p:From=<file>.caffemodel");
        return 0;
    }

    private static void SayNetwork(RunContext context, ImportedNetwork network)
    {
        var layers = network.Resolved.Network.Layers;
        context.Log.Say(string.Create(CultureInfo.InvariantCulture, $"{network.Name}: {layers.Count} layers, {layers.Sum(layer => layer.Header.Parameters):N0} parameters, input {network.Resolved.Network.Input}, {(network.Classes > 0 ? $"{network.Classes:N0} classes" : "no classes: it yields features")}"));
    }

    private static void Say(RunContext context, ImportedNetwork network, string spec, string run, bool hasNames)
    {
        var log = context.Log;
        SayNetwork(context, network);
        if (network.Classes > 0 && !hasNames)
            log.Say("the classes have no names yet, only numbers: give them with `labels`, a file with one class a line");
        if (!network.Preprocess.IsStated)
            log.Say($"the file does not say what is done to an image before, so nothing is done: write it into 'preprocess' of {context.Portable(spec)}, or its answers are wrong");
        log.Say($"{context.Portable(spec)}, and its weights in {run}");
        log.Say($"look at it with: dotnet msbuild -t:Visualize -p:Spec={network.Name} -p:Run={ImportedRun.Name} -p:Data=<folder of images>");
    }
}
