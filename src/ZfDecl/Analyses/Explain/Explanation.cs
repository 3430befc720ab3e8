using ZfDecl.Analyses.Occlude;
using ZfDecl.Analyses.Predict;
using ZfDecl.Networks;

namespace ZfDecl.Analyses.Explain;

/// <summary>Why a network takes one image for a class, or, where it tells none apart, what one of its maps sees in it: all that was found, in numbers.</summary>
public sealed record Explanation
{
    /// <summary>The network.</summary>
    public required NetworkInfo Network { get; init; }

    /// <summary>The names of the classes, in the order of the network's outputs; none where it tells none apart.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>What it yields most strongly for the image, whose name and class it says.</summary>
    public required ImagePrediction Prediction { get; init; }

    /// <summary>The probability of each class; empty without classes.</summary>
    public required IReadOnlyList<double> Probabilities { get; init; }

    /// <summary>[C, H, W] of the input, 0 … 255: what the network saw.</summary>
    public required byte[] Pixels { get; init; }

    /// <summary>What it makes of the image while a grey square covers a part: of the class and of the map that are explained.</summary>
    public required OcclusionMaps Occlusion { get; init; }

    /// <summary>The maps of <see cref="OcclusionMaps.Layer"/> that the image excites most.</summary>
    public required IReadOnlyList<MapEvidence> Maps { get; init; }

    /// <summary>Which pixels rules name for the class; none without classes.</summary>
    public required IReadOnlyList<PixelEvidence> Rules { get; init; }

    /// <summary>The area under the deletion curve of a random order, which the rules are held against.</summary>
    public required double RandomDeletion { get; init; }

    /// <summary>The images most alike; null where there are none to compare with.</summary>
    public required SimilarImages? Similar { get; init; }

    /// <summary>Whether these are images that the network was trained on.</summary>
    public required bool SimilarAreTraining { get; init; }

    /// <summary>Why there are none to compare with, a sentence without its stop; empty where there are some.</summary>
    public string NothingSimilar { get; init; } = "";

    /// <summary>What the images are that were compared, in the plural.</summary>
    public string SimilarOf => SimilarAreTraining ? "training images" : "images of the data";

    /// <summary>Whether a class is explained.</summary>
    public bool HasClass => Occlusion.HasClasses;

    /// <summary>The name of the class that is explained.</summary>
    public string ClassName => Classes[Occlusion.Class];

    /// <summary>Its probability.</summary>
    public double Probability => Probabilities[Occlusion.Class];

    /// <summary>The map that is watched.</summary>
    public string MapName => $"map {Occlusion.Map} of {Occlusion.Layer.Name}";
}
