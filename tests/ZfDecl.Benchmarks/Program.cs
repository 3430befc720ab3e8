using BenchmarkDotNet.Running;
using ZfDecl.Benchmarks;

// dotnet run -c Release --project tests/ZfDecl.Benchmarks -- <name> …                     "jpeg" and "explore" take a folder of photographs, if there is one
// A name of this table is a comparison against the plain way, timed as A B A B …; anything else goes to BenchmarkDotNet: --filter '*' is the generator, 3 minutes.
var comparisons = new Dictionary<string, Action>
{
    ["first"] = FirstRun.Measure,
    ["generator-shipped"] = ShippedSpecs.Measure,      // 5 s
    ["jpeg"] = () => JpegDecoding.Measure(args.ElementAtOrDefault(1)),      // 20 s
    ["projection"] = ProjectionBenchmark.Measure,
    ["top9"] = SearchBenchmark.Measure,
    ["forward-resnet18"] = ForwardBenchmark.ResNet18,
    ["forward-googlenet"] = ForwardBenchmark.GoogLeNet,
    ["step-resnet18"] = StepBenchmark.ResNet18,
    ["projection-resnet18"] = GraphBenchmarks.ProjectionsOfResNet18,
    ["projection-googlenet"] = GraphBenchmarks.ProjectionsOfGoogLeNet,
    ["top9-resnet18"] = GraphBenchmarks.SearchInResNet18,
    ["occlusion-resnet18"] = GraphBenchmarks.OcclusionOfResNet18,
    ["visualize"] = VisualizeBenchmark.Measure,
    ["recording"] = RecordingBenchmark.Measure,        // 1 minute
    ["occlusion"] = OcclusionBenchmark.Measure,
    ["explore-server"] = ExploreServerBenchmark.Measure,       // 1 minute
    ["report"] = LargeReport.Measure,
    ["explore"] = () => ExploreBenchmark.Measure(args.ElementAtOrDefault(1)),       // 2 minutes; with a folder of pictures ZF-8 too
    ["forward"] = ForwardBenchmark.Zf8,
    ["step"] = StepBenchmark.Steps,
    ["small"] = StepBenchmark.Small,
    ["small-equal"] = StepBenchmark.SmallSetUpEqually,
    ["step32-equal"] = StepBenchmark.Step32SetUpEqually,
    ["step32-jpeg"] = StepBenchmark.Step32FromJpegs,
    ["overhead"] = TrainerOverhead.Small,
    ["overhead-zf8"] = TrainerOverhead.Large,
};
if (args is ["worker", var work, var side, var setUp])
    Worker.Serve(Workloads.All[work], isPlain: side == "plain", isAsInTargets: setUp == "targets");
else if (args is ["ranked", var shared, var group])
    RankWorker.Serve(RankBenchmark.All[shared], isAlone: group == "alone");
else if (args is ["ranks", .. var wanted])                  // ranks of one thread against one process of one thread: 3 minutes
    RankBenchmark.Measure(wanted.FirstOrDefault(), [.. wanted.Skip(1)]);
else if (args is ["against", var other, .. var works])      // another build of this program: at least 24 pairs of each work, 6 minutes
    TwoBuilds.Measure(other, works);
else if (args is [var name, ..] && comparisons.TryGetValue(name, out var measure))
    measure();
else
    BenchmarkSwitcher.FromAssembly(typeof(GeneratorBenchmarks).Assembly).Run(args);
