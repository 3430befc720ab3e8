namespace ZfDecl.Data.Batching;

/// <summary>What a network is shown of an image when it is evaluated; its answers to several crops are averaged.</summary>
public enum EvaluationCrops
{
    /// <summary>The centre.</summary>
    Centre = 1,

    /// <summary>
    /// The four corners and the centre, each also mirrored (Krizhevsky et al. 2012, §4.1). Of an image that is decoded as large as the network's input
    /// all five are the same: then it is the image and its mirror image.
    /// </summary>
    Ten = 10,
}
