using System.Globalization;
using ZfDecl.Data.Sets;
using ZfDecl.Studies.Classifiers;

namespace ZfDecl.Studies.Transfer;

/// <summary>An accuracy that a paper has published, in percent.</summary>
/// <param name="Percent">The figure, with as many digits as are printed.</param>
/// <param name="Deviation">What stands behind its ±; null for nothing.</param>
internal sealed record PublishedAccuracy(double Percent, double? Deviation)
{
    /// <summary>Zeiler &amp; Fergus 2014, Table 6: the mean average precision of 20 classes. Their network has one softmax over the classes, is trained on all labelled images and measured on the hidden test images.</summary>
    public static PublishedAccuracy PascalVoc2012 { get; } = new(79.0, null);

    private static readonly Dictionary<(KnownDataSet Data, bool Pretrained, int PerClass), PublishedAccuracy> Transferred = new()
    {
        [(KnownDataSet.Caltech101, true, 15)] = new(83.8, 0.5),
        [(KnownDataSet.Caltech101, true, 30)] = new(86.5, 0.5),
        [(KnownDataSet.Caltech101, false, 15)] = new(22.8, 1.5),
        [(KnownDataSet.Caltech101, false, 30)] = new(46.5, 1.7),
        [(KnownDataSet.Caltech256, true, 15)] = new(65.7, 0.2),
        [(KnownDataSet.Caltech256, true, 30)] = new(70.6, 0.2),
        [(KnownDataSet.Caltech256, true, 45)] = new(72.7, 0.4),
        [(KnownDataSet.Caltech256, true, 60)] = new(74.2, 0.3),
        [(KnownDataSet.Caltech256, false, 15)] = new(9.0, 1.4),
        [(KnownDataSet.Caltech256, false, 30)] = new(22.5, 0.7),
        [(KnownDataSet.Caltech256, false, 45)] = new(31.2, 0.5),
        [(KnownDataSet.Caltech256, false, 60)] = new(38.8, 1.4),
    };

    private static readonly Dictionary<(LinearClassifierKind Kind, int Layer), (double OfCaltech101, double OfCaltech256)> OfLayers = new()
    {
        [(LinearClassifierKind.Svm, 1)] = (44.8, 24.6),
        [(LinearClassifierKind.Svm, 2)] = (66.2, 39.6),
        [(LinearClassifierKind.Svm, 3)] = (72.3, 46.0),
        [(LinearClassifierKind.Svm, 4)] = (76.6, 51.3),
        [(LinearClassifierKind.Svm, 5)] = (86.2, 65.6),
        [(LinearClassifierKind.Svm, 7)] = (85.5, 71.7),
        [(LinearClassifierKind.Softmax, 5)] = (82.9, 65.7),
        [(LinearClassifierKind.Softmax, 7)] = (85.4, 72.6),
    };

    /// <summary>Tables 4 and 5: a new softmax on the fixed features of the network pretrained on ImageNet, or the network trained from scratch.</summary>
    /// <returns>The accuracy; null where none is published.</returns>
    public static PublishedAccuracy? OfTransfer(KnownDataSet? data, bool pretrained, int perClass) => data is { } known ? Transferred.GetValueOrDefault((known, pretrained, perClass)) : null;

    /// <summary>Table 7: a classifier on the features of a layer; of Caltech-101 with 30 images per class, of Caltech-256 with 60.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="kind">The classifier.</param>
    /// <param name="layer">The layer, as the paper counts, from 1.</param>
    /// <param name="perClass">Training images of each class.</param>
    /// <returns>The accuracy; null where none is published.</returns>
    public static PublishedAccuracy? OfLayer(KnownDataSet? data, LinearClassifierKind kind, int layer, int perClass) =>
        !OfLayers.TryGetValue((kind, layer), out var both) ? null : (data, perClass) switch
        {
            (KnownDataSet.Caltech101, 30) => new(both.OfCaltech101, null),
            (KnownDataSet.Caltech256, 60) => new(both.OfCaltech256, null),
            _ => null,
        };

    /// <summary>The training images per class for which figures are published.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="usual">Those of any other data set.</param>
    public static IReadOnlyList<int> PerClass(KnownDataSet? data, IReadOnlyList<int> usual) =>
        Transferred.Keys.Where(key => key.Data == data).Select(key => key.PerClass).Distinct().Order().ToArray() is { Length: > 0 } published ? published : usual;

    /// <summary>As the paper prints it: <c>83.8 ± 0.5</c>.</summary>
    public override string ToString() => Percent.ToString("0.0", CultureInfo.InvariantCulture) + (Deviation is { } deviation ? FormattableString.Invariant($" ± {deviation:0.0}") : "");
}
