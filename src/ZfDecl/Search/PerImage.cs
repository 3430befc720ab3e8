namespace ZfDecl.Search;

/// <summary>How many units of a map one image may have among the strongest.</summary>
public enum PerImage
{
    /// <summary>One, its strongest, as in the paper: nine images are seen, not nine neighbours in one.</summary>
    One,

    /// <summary>All that are strong enough.</summary>
    All,
}
