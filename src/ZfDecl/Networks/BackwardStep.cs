using System.Text.Json.Serialization;
using ZfDecl.Files;

namespace ZfDecl.Networks;

/// <summary>The step of the backward projection through a layer (Zeiler &amp; Fergus 2014, §2.1).</summary>
[JsonConverter(typeof(SnakeCaseConverter<BackwardStep>))]
public enum BackwardStep
{
    /// <summary>A step that takes the signal of the whole layer: what lies above is projected in the whole image.</summary>
    WholeImage,

    /// <summary>None is known: what lies above cannot be projected.</summary>
    None,

    /// <summary>The identity: the signal is passed on, to every input where there are several.</summary>
    Identity,

    /// <summary>The transposed filters.</summary>
    TransposedFilters,

    /// <summary>Unpooling: each value goes to where its maximum came from.</summary>
    Unpool,

    /// <summary>The adjoint of average pooling: each value is shared out over its window.</summary>
    Unaverage,

    /// <summary>Rectification, by the rule of <see cref="ReluRule"/>.</summary>
    Rectify,

    /// <summary>Multiplication of each map by its factor, <see cref="ConvNet.ScaleOf"/>.</summary>
    Scale,

    /// <summary>What lies beyond the border, which padding has added, is cut off.</summary>
    Crop,

    /// <summary>Each input gets back the maps that it brought.</summary>
    Split,

    /// <summary>Maps go back to where they were before they were shuffled.</summary>
    Unshuffle,
}
