#:package ZfDecl@1.0.0
#:property PublishAot=false
#:property ZfDeclNamespace=Networks
// dotnet run look.cs, after train.cs: what the feature maps respond to, for each map its nine strongest units projected to pixels, as pictures on one page.
using ZfDecl.Analyses;
using ZfDecl.Analyses.Visualize;
using ZfDecl.Data.Layouts;
using ZfDecl.Messages;
using ZfDecl.Report;
using ZfDecl.Report.Contents;
using ZfDecl.Search;

const string run = "artifacts/Small/script";
var log = new SilentLog();
var entry = Networks.DeclaredNetworks.All.Single(network => network.Info.Name == nameof(Networks.Small));
using var net = TrainedNetwork.Open(run, entry);
using var data = ImageFolder.Open(entry.Info.Recipe.Data!, new(entry.Info.Input, entry.Info.Recipe.Preprocess, seed: 0, log));

var search = new FeatureVisualization(net.Network, data.Validation, net.Preprocessor, new() { Layers = ["conv1", "conv2", "conv3"] }, log);
LayerPictures.Write(search, data.Validation, new() { Network = "Small", Data = "validation", Weights = "run script" }, Path.Combine(run, "visualize"), log);
Console.WriteLine(RunReport.Write(ReportRun.Read("Small", "script", run, run, log), against: null, Path.Combine(run, "report"), log));
