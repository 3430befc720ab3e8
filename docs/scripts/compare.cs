#:package ZfDecl@1.0.0
#:property PublishAot=false
#:property ZfDeclNamespace=Networks
// dotnet run compare.cs, after train.cs: the same unit projected by the paper's rule and by the gradient's (its footnote 1), for an image of each class, as pictures on one page.
using ZfDecl.Analyses;
using ZfDecl.Data.Layouts;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Report;
using ZfDecl.Report.Contents;

const string run = "artifacts/Small/script";
var log = new SilentLog();
var entry = Networks.DeclaredNetworks.All.Single(network => network.Info.Name == nameof(Networks.Small));
using var net = TrainedNetwork.Open(run, entry);
using var data = ImageFolder.Open(entry.Info.Recipe.Data!, new(entry.Info.Input, entry.Info.Recipe.Preprocess, seed: 0, log));

foreach (var image in Enumerable.Range(0, net.Classes.Count))
    foreach (var rule in new[] { ReluRule.Deconv, ReluRule.Mask })
        net.ProjectForReport(data.Validation, image, "conv3", rules: new() { Relu = rule });
Console.WriteLine(RunReport.Write(ReportRun.Read("Small", "script", run, run, log), against: null, Path.Combine(run, "report"), log));
