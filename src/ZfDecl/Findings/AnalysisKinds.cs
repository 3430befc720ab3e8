namespace ZfDecl.Findings;

/// <summary>The analyses of a run, and the order of their sections in its report.</summary>
public static class AnalysisKinds
{
    /// <summary>All of them, in the order of the report's sections.</summary>
    public static IReadOnlyList<AnalysisKind> All => [Pinned, Evaluate, Predict, Evolve, Project, Invariance, Occlude, Correspond, Trust, Diagnose, Transfer, AnalyzeFeatures];

    /// <summary>What somebody has kept while looking at the network live.</summary>
    public static AnalysisKind Pinned { get; } = new("explore", "explore", "Pinned");

    /// <summary>Errors class by class.</summary>
    public static AnalysisKind Evaluate { get; } = new("evaluate", "evaluate", "Errors class by class") { Adds = "errors class by class" };

    /// <summary>What the network takes single images for.</summary>
    public static AnalysisKind Predict { get; } = new("predict", "predict", "Predictions");

    /// <summary>Features as they form (Zeiler &amp; Fergus 2014, fig. 4).</summary>
    public static AnalysisKind Evolve { get; } = new("evolve", "evolve", "Features during training") { Adds = "features as they form" };

    /// <summary>Units of one image, projected to its pixels.</summary>
    public static AnalysisKind Project { get; } = new("project", "project", "Projection");

    /// <summary>What moving, enlarging and turning images does (fig. 5).</summary>
    public static AnalysisKind Invariance { get; } = new("invariance", "invariance", "Invariance") { Adds = "invariance to translation, scale and rotation" };

    /// <summary>What covering parts of an image does (fig. 7).</summary>
    public static AnalysisKind Occlude { get; } = new("occlude", "occlude", "Occlusion") { Adds = "occlusion" };

    /// <summary>Whether the same parts of different images correspond (table 1).</summary>
    public static AnalysisKind Correspond { get; } = new("correspond", "correspond", "Correspondence of parts") { Adds = "correspondence of parts" };

    /// <summary>How far the pictures show what the network looks at.</summary>
    public static AnalysisKind Trust { get; } = new("trust", "trust", "Trust");

    /// <summary>Dead, dominant and aliased filters (§4.1).</summary>
    public static AnalysisKind Diagnose { get; } = new("diagnose", "diagnose", "Diagnosis") { Adds = "diagnosis of the architecture" };

    /// <summary>The network on other classes (§5.2).</summary>
    public static AnalysisKind Transfer { get; } = new("transfer", "transfer", "transfer");

    /// <summary>Each layer as features for other classes (table 7).</summary>
    public static AnalysisKind AnalyzeFeatures { get; } = new("analyzefeatures", "analyze-features", "features of each layer");

    /// <summary>Where the section of a folder below the run's stands; null for the folder of none of them, whose section says it itself.</summary>
    public static int? OrderOf(string folder)
    {
        var position = All.TakeWhile(kind => kind.Folder != folder).Count();
        return position < All.Count ? 10 * (position + 1) : null;
    }
}
