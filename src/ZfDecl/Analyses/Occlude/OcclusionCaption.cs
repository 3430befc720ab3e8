namespace ZfDecl.Analyses.Occlude;

/// <summary>What an occlusion's sheet says of its image and its network.</summary>
public sealed record OcclusionCaption
{
    /// <summary>The name of the network.</summary>
    public required string Network { get; init; }

    /// <summary>The weights that were used, for example <c>run default, epoch 12</c>.</summary>
    public required string Weights { get; init; }

    /// <summary>The name of the image.</summary>
    public required string Image { get; init; }

    /// <summary>What is known of the class that is watched, for example <c>true class</c> or <c>predicted class; the true one is not known</c>.</summary>
    public required string ClassIs { get; init; }

    /// <summary>The names of the classes, in the order of the network's outputs.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>The images that the strongest units come from, for example <c>validation, 2,000 images</c>.</summary>
    public required string Data { get; init; }
}
