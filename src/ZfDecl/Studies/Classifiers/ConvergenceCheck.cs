using System.Globalization;
using ZfDecl.Messages;

namespace ZfDecl.Studies.Classifiers;

/// <summary>Which of the linear classifiers behind some figures have not reached their optimum.</summary>
internal sealed class ConvergenceCheck
{
    private readonly SortedDictionary<(string Layer, double C), (int Fits, double Gap)> missed = [];

    /// <summary>What notes the fits on a layer's features.</summary>
    /// <param name="layer">The layer's name.</param>
    public Action<LinearFit> Of(string layer) => fit =>
    {
        if (fit.IsConverged)
            return;
        var (fits, gap) = missed.GetValueOrDefault((layer, fit.C));
        missed[(layer, fit.C)] = (fits + 1, Math.Max(gap, fit.Gap));
    };

    /// <summary>Warns of them all at once (ZF1429); says nothing where there are none.</summary>
    /// <param name="log">Is told.</param>
    /// <param name="cell">The figures, for example <c>relu4 + svm, 30 images per class, fold 2</c>.</param>
    public void Warn(IRunLog log, string cell)
    {
        if (missed.Count == 0)
            return;
        var positions = missed.Select(one => string.Create(CultureInfo.InvariantCulture,
            $"layer {one.Key.Layer}, C = {one.Key.C} ({one.Value.Fits} {(one.Value.Fits == 1 ? "fit" : "fits")}, gap {one.Value.Gap:0.#e0})"));
        log.Warn("ZF1429", string.Create(CultureInfo.InvariantCulture,
            $"{cell}: linear classifiers end before their optimum, by a duality gap above {LinearFit.Tolerance:0.#e0} of the objective, so these figures are not those of their C: {string.Join("; ", positions)}"));
    }
}
