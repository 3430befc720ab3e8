namespace ZfDecl.Explore.Serving;

/// <summary>How much a browser may ask for.</summary>
internal sealed record ExploreLimits
{
    /// <summary>The most bytes of a picture that is handed over.</summary>
    public long UploadBytes { get; init; } = 32 << 20;

    /// <summary>The most pixels that it may have.</summary>
    public long Pixels { get; init; } = 50_000_000;

    /// <summary>Bytes of pictures that are kept; the oldest go.</summary>
    public long KeptBytes { get; init; } = 128 << 20;

    /// <summary>The most bytes of any other request.</summary>
    public long BodyBytes { get; init; } = 256 << 10;

    /// <summary>The most bytes of a board.</summary>
    public long BoardBytes { get; init; } = 4 << 20;

    /// <summary>Pictures that may be handed over at once, then one each second.</summary>
    public int Uploads { get; init; } = 20;

    /// <summary>Requests that may come at once, then <see cref="RequestsPerSecond"/>.</summary>
    public int Requests { get; init; } = 1000;

    /// <summary>Requests that may come in a second.</summary>
    public int RequestsPerSecond { get; init; } = 400;

    /// <summary>Connections at one time.</summary>
    public int Connections { get; init; } = 100;

    /// <summary>How long a browser may take to send the head of a request, and how long a connection may be silent.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);
}
