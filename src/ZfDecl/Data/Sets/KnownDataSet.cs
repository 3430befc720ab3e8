namespace ZfDecl.Data.Sets;

/// <summary>A published data set that a folder is recognised as.</summary>
public enum KnownDataSet
{
    /// <summary>ImageNet as of ILSVRC 2012, or a part of it such as Tiny ImageNet: classes are synsets.</summary>
    ImageNet,

    /// <summary>Caltech-101: 101 categories and one of backgrounds.</summary>
    Caltech101,

    /// <summary>Caltech-256: 256 categories and one of clutter.</summary>
    Caltech256,

    /// <summary>PASCAL VOC, whose images hold objects of several classes.</summary>
    PascalVoc,
}
