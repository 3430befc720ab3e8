namespace ZfDecl.Data.Sets;

/// <summary>Whether an image holds an object of a class, as the lists of PASCAL VOC say it.</summary>
public enum Presence
{
    /// <summary>It holds none.</summary>
    Absent = -1,

    /// <summary>It holds only such as are hard to recognise: the image counts neither for nor against the class.</summary>
    Difficult = 0,

    /// <summary>It holds one.</summary>
    Present = 1,
}
