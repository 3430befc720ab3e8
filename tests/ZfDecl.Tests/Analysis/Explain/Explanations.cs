using ZfDecl.Analyses.Attribution;
using ZfDecl.Analyses.Explain;
using ZfDecl.Analyses.Occlude;
using ZfDecl.Analyses.Predict;
using ZfDecl.Networks;

namespace ZfDecl.Tests.Analysis.Explain;

/// <summary>Explanations with numbers of the test's own: a picture that is taken for a cat.</summary>
internal static class Explanations
{
    public static readonly string[] Classes = ["cat", "dog", "bird"];

    private static readonly NetworkInfo Network = Declared(0);

    public static readonly OccluderGrid Grid = new(Network.Input, 4, 4);         // 3×3 positions on 12×12 pixels

    /// <summary>A cat for sure: no part, no map and no rule says more than another.</summary>
    public static Explanation Sure { get; } = Of([0.9, 0.06, 0.04]);

    public static Explanation Of(double[] probabilities, int explained = 0) => new()
    {
        Network = Network,
        Classes = Classes,
        Prediction = new("photo.png", "", [.. probabilities.Index().OrderByDescending(one => one.Item).Select(one => new StrongestOutput(one.Index, one.Item, 0))]),
        Probabilities = probabilities,
        Pixels = new byte[Network.Input.Count],
        Occlusion = new()
        {
            Grid = Grid,
            Layer = Network.Layers[ToyNet.Conv2],
            Map = 2,
            Class = explained,
            Activity = [.. Enumerable.Repeat(10f, 9)],
            Probability = [.. Enumerable.Repeat((float)probabilities[explained], 9)],
            Predicted = [.. Enumerable.Repeat(probabilities.Index().MaxBy(one => one.Item).Index, 9)],
            CleanActivity = 10,
            CleanProbability = (float)probabilities[explained],
            CleanPredicted = probabilities.Index().MaxBy(one => one.Item).Index,
        },
        Maps = [],
        Rules = [],
        RandomDeletion = 0.5,
        Similar = null,
        SimilarAreTraining = true,
    };

    /// <summary>The same with a square at a position that leaves so much of the class, and what it is taken for there.</summary>
    public static Explanation Covered(this Explanation found, int position, float left, int taken = 0) => found with
    {
        Occlusion = found.Occlusion with { Probability = Replaced(found.Occlusion.Probability, position, left), Predicted = Replaced(found.Occlusion.Predicted, position, taken) },
    };

    public static Explanation With(this Explanation found, params (int Map, double Without)[] maps) =>
        found with { Maps = [.. maps.Select(map => new MapEvidence(map.Map, 3, new(1, 2), new(0, 0, 8, 8), new float[144], new float[144], map.Without))] };

    public static Explanation Alike(this Explanation found, params string[] classes) =>
        found with { Similar = new([.. classes.Select((name, number) => new SimilarImage($"{number}.png", name, 0.9, false, new byte[144]))], 100, 100, 0.3, "relu2") };

    public static Explanation Rules(this Explanation found, double cam, double gradients, double deletion = 0.6) => found with
    {
        Rules = [new(AttributionRule.Occlusion, new double[144], deletion, 1), new(AttributionRule.GradCam, new double[144], deletion, cam), new(AttributionRule.IntegratedGradients, new double[144], deletion, gradients)],
    };

    /// <summary>A map of a network without classes.</summary>
    public static Explanation OfMap(float value, float clean, float least) => Sure with
    {
        Network = Declared(1),
        Classes = [],
        Probabilities = [],
        Prediction = new("photo.png", "", [new(2, 3)]),
        Occlusion = Sure.Occlusion with { Class = OcclusionMaps.NoClass, Probability = [], Predicted = [], CleanActivity = clean, Activity = Replaced([.. Enumerable.Repeat(clean, 9)], 8, least) },
        Maps = [new(2, value, new(1, 2), new(0, 0, 8, 8), new float[144], new float[144], null)],
    };

    private static T[] Replaced<T>(IReadOnlyList<T> values, int position, T value) => [.. values.Select((one, index) => index == position ? value : one)];

    private static NetworkInfo Declared(int headless)
    {
        using var net = new ToyNet(classes: headless == 1 ? 0 : 3);
        return net.Info;
    }
}
