namespace ZfDecl.Imaging;

/// <summary>What a sheet says of where its pictures come from.</summary>
public sealed record SheetCaption
{
    /// <summary>The name of the network.</summary>
    public required string Network { get; init; }

    /// <summary>The images that were searched, for example <c>validation, 2,000 images</c>.</summary>
    public required string Data { get; init; }

    /// <summary>The weights that were used, for example <c>weights.safetensors, epoch 12</c>.</summary>
    public required string Weights { get; init; }
}
