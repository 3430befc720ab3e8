namespace ZfDecl.Data.Sets;

/// <summary>A part of a data set.</summary>
internal enum DataPart
{
    /// <summary>What a network is trained on.</summary>
    Train,

    /// <summary>What chooses the epoch.</summary>
    Validation,

    /// <summary>What is held out, to be measured once.</summary>
    Test,
}
